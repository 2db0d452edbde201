/** Invitations: a code that lets people into a team until it expires. */
import type { Session } from '../../shared/protocol/accounts.ts';
import { ApiError } from '../errors.ts';
import type { Queryable } from '../store/database.ts';
import { newInvitationCode, secretHash } from './secrets.ts';
import type { SignedIn } from './sessions.ts';

const DAY = 24 * 3600_000;
export const INVITATION_MS = 14 * DAY;

/** @throws ApiError `forbidden` to all but admins */
export async function invite(
  database: Queryable,
  { team, member }: SignedIn,
  now: number,
): Promise<{ code: string; expiresAt: number }> {
  if (member.role !== 'admin') {
    throw new ApiError('forbidden', 'Only admins may invite people. Ask an admin of your team.');
  }
  const code = newInvitationCode();
  const expiresAt = now + INVITATION_MS;
  await database.query(
    'INSERT INTO invitations (code, team, created_by, created, expires) VALUES ($1, $2, $3, $4, $5)',
    [secretHash(code), team.id, member.id, now, expiresAt],
  );
  return { code, expiresAt };
}

/** The team that a code leads to. @throws ApiError `invitation-invalid` */
export async function invitedTo(
  database: Queryable,
  code: string,
  now: number,
): Promise<Session['team']> {
  const [team] = await database.query<Session['team']>(
    `SELECT t.id, t.name FROM invitations i JOIN teams t ON t.id = i.team
     WHERE i.code = $1 AND i.expires > $2`,
    [secretHash(code), now],
  );
  if (team !== undefined) return team;
  throw new ApiError(
    'invitation-invalid',
    'This invitation is not valid, or no longer. Ask an admin of your team for a new one.',
  );
}

export async function deleteExpiredInvitations(database: Queryable, now: number): Promise<void> {
  await database.query('DELETE FROM invitations WHERE expires <= $1', [now]);
}
