/** `/v1/teams`, `/v1/sessions`, `/v1/invitations`, `/v1/join` */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  createTeamSchema,
  type invitationSchema,
  joinTeamSchema,
  type Session,
  signInSchema,
} from '../../shared/protocol/accounts.ts';
import { parseUrl } from '../../shared/protocol/addresses.ts';
import { createTeam, joinTeam, signIn } from '../accounts/accounts.ts';
import { invite } from '../accounts/invitations.ts';
import type { Services } from '../services.ts';
import { limitAttempts, type RateLimits } from './limits.ts';
import { readBody, requireSession, signedInOf } from './requests.ts';

export interface AccountSettings {
  /** Address under which people reach the server, without a slash at its end. */
  publicUrl: string | undefined;
  rateLimits: RateLimits;
}

export function accountRoutes(
  app: FastifyInstance,
  services: Services,
  { publicUrl, rateLimits }: AccountSettings,
): void {
  const limited = { preHandler: limitAttempts(app, rateLimits) };
  const signedIn = { onRequest: requireSession(services.sessions) };

  app.post('/v1/teams', limited, async (request, reply): Promise<Session> => {
    const session = await createTeam(services, readBody(createTeamSchema, request));
    reply.code(201);
    return session;
  });

  app.post('/v1/join', limited, async (request, reply): Promise<Session> => {
    const session = await joinTeam(services, readBody(joinTeamSchema, request));
    reply.code(201);
    return session;
  });

  app.post('/v1/sessions', limited, async (request, reply): Promise<Session> => {
    const session = await signIn(services, readBody(signInSchema, request));
    reply.code(201);
    return session;
  });

  app.delete('/v1/sessions/current', signedIn, async (request, reply) => {
    const { session } = signedInOf(request);
    await services.sessions.revoke(session, { remotely: false }, services.hints);
    return reply.code(204).send();
  });

  app.post('/v1/invitations', signedIn, async (request, reply) => {
    const { code, expiresAt } = await invite(
      services.database,
      signedInOf(request),
      services.now(),
    );
    reply.code(201);
    const invitation = `${publicUrl ?? originOf(request)}/join#${code}`;
    return { invitation, expiresAt } satisfies z.output<typeof invitationSchema>;
  });
}

function originOf(request: FastifyRequest): string {
  const origin = `${request.protocol}://${request.host}`;
  return parseUrl(origin)?.origin ?? '';
}
