/** Members of teams, as accounts and as the records that every laptop has. */
import { randomUUID } from 'node:crypto';
import type { Session } from '../../shared/protocol/accounts.ts';
import type { Clock } from '../../shared/record/clock.ts';
import { byTimeAloneIn, workspaceId } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState } from '../../shared/record/record.ts';
import { ApiError } from '../errors.ts';
import { isUniqueViolation, type Queryable } from '../store/database.ts';

export type Member = Session['member'];

/** The form under which an e-mail address is taken only once, whatever its letter case. */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}

export function newMember(name: string, email: string, role: Member['role']): Member {
  return { id: randomUUID(), name, email, role };
}

/** @throws ApiError `email-taken` */
export async function insertMember(
  tx: Queryable,
  team: string,
  { id, name, email, role }: Member,
  passwordHash: string,
  now: number,
): Promise<void> {
  try {
    await tx.query(
      `INSERT INTO members (id, team, name, email, email_key, role, password, created)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, team, name, email, emailKey(email), role, passwordHash, now],
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw emailTaken();
    throw error;
  }
}

/** Saves the work of hashing where the address is known to be taken. @throws ApiError */
export async function assertEmailFree(database: Queryable, email: string): Promise<void> {
  const rows = await database.query('SELECT 1 AS taken FROM members WHERE email_key = $1', [
    emailKey(email),
  ]);
  if (rows.length > 0) throw emailTaken();
}

function emailTaken(): ApiError {
  return new ApiError(
    'email-taken',
    'Somebody already uses this e-mail address on this server. Sign in, or use another one.',
  );
}

/** The member as a record of the workspace. */
export function memberRecord({ id, name, email, role }: Member, clock: Clock): RecordState {
  const values = { name, email, role };
  return setFields(
    emptyRecord(workspaceId('member', id)),
    values,
    clock,
    'machine',
    byTimeAloneIn('workspace'),
  );
}

/** The account with this e-mail address, with its password's hash. */
export async function findAccount(
  database: Queryable,
  email: string,
): Promise<Account | undefined> {
  const [row] = await database.query<AccountRow>(
    `SELECT m.id, m.name, m.email, m.role, m.password, m.deactivated, t.id AS team_id, t.name AS team_name
     FROM members m JOIN teams t ON t.id = m.team WHERE m.email_key = $1`,
    [emailKey(email)],
  );
  if (row === undefined) return undefined;
  const { password, deactivated, team_id, team_name, ...member } = row;
  return {
    team: { id: team_id, name: team_name },
    member,
    passwordHash: password,
    isDeactivated: deactivated !== null,
  };
}

interface Account {
  team: Session['team'];
  member: Member;
  passwordHash: string;
  isDeactivated: boolean;
}

interface AccountRow extends Member {
  deactivated: number | null;
  password: string;
  team_id: string;
  team_name: string;
}
