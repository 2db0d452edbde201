/** Teams, members and sessions over HTTP, as shared/protocol/accounts has them. */
import { z } from 'zod';
import {
  type CreateTeam,
  invitationSchema,
  type JoinTeam,
  type Session,
  type SignIn,
  sessionSchema,
} from '../../shared/protocol/accounts.ts';
import type { ServerClient, Target } from '../sync/server-client.ts';

export interface Accounts {
  createTeam(server: string, input: CreateTeam): Promise<Session>;
  joinTeam(server: string, input: JoinTeam): Promise<Session>;
  signIn(server: string, input: SignIn): Promise<Session>;
  signOut(target: Target): Promise<void>;
  invite(target: Target): Promise<z.output<typeof invitationSchema>>;
}

/** Signing out is answered without a body, or with one that does not matter. */
const anything = z.unknown();

export function accountsOver(call: ServerClient): Accounts {
  const begin = (path: string) => (server: string, body: unknown) =>
    call({ server, method: 'POST', path, body, answer: sessionSchema });
  return {
    createTeam: begin('/v1/teams'),
    joinTeam: begin('/v1/join'),
    signIn: begin('/v1/sessions'),
    signOut: async (target) => {
      await call({ ...target, method: 'DELETE', path: '/v1/sessions/current', answer: anything });
    },
    invite: (target) =>
      call({
        ...target,
        method: 'POST',
        path: '/v1/invitations',
        body: {},
        answer: invitationSchema,
      }),
  };
}
