/** Creating a team, joining one, signing in: each ends with a session. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { DEFAULT_STAGES, defaultStageRecord } from '../../shared/lead/pipeline.ts';
import type {
  createTeamSchema,
  joinTeamSchema,
  Session,
  signInSchema,
} from '../../shared/protocol/accounts.ts';
import { byTimeAloneIn, workspaceId } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState } from '../../shared/record/record.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import type { Transaction } from '../store/database.ts';
import { beginHistory } from '../store/histories.ts';
import { takeChangeNumbers, writeRecords } from '../store/records.ts';
import { invitedTo } from './invitations.ts';
import { assertEmailFree, findAccount, insertMember, memberRecord, newMember } from './members.ts';

/** Id of the one record that holds what the whole team has set. */
const TEAM_SETTINGS = workspaceId('setting', 'team');

type CreateTeamInput = z.output<typeof createTeamSchema>;

export async function createTeam(services: Services, input: CreateTeamInput): Promise<Session> {
  assertTimeZone(input.timeZone);
  await assertEmailFree(services.database, input.email);
  const passwordHash = await services.passwords.hash(input.password);
  const team = { id: randomUUID(), name: input.teamName };
  const member = newMember(input.name, input.email, 'admin');
  const clock = services.clock.now();
  return services.database.transaction(async (tx) => {
    const now = services.now();
    await tx.query('INSERT INTO teams (id, name, created) VALUES ($1, $2, $3)', [
      team.id,
      team.name,
      now,
    ]);
    await beginHistory(tx, team.id, now);
    await insertMember(tx, team.id, member, passwordHash, now);
    await write(tx, team.id, [
      ...DEFAULT_STAGES.map(defaultStageRecord),
      settingsRecord(input, clock),
      memberRecord(member, clock),
    ]);
    return { token: await services.sessions.start(tx, member.id, input.device), team, member };
  });
}

export async function joinTeam(
  services: Services,
  { code, name, email, password, device }: z.output<typeof joinTeamSchema>,
): Promise<Session> {
  const { database, sessions, passwords, changes, hints } = services;
  const team = await invitedTo(database, code, services.now());
  await assertEmailFree(database, email);
  const passwordHash = await passwords.hash(password);
  const member = newMember(name, email, 'agent');
  const { token, seq } = await database.transaction(async (tx) => {
    const last = await write(tx, team.id, [memberRecord(member, services.clock.now())]);
    await hints.send(tx, { team: team.id });
    await insertMember(tx, team.id, member, passwordHash, services.now());
    return { token: await sessions.start(tx, member.id, device), seq: last };
  });
  changes.announce(team.id, { collection: 'workspace', seq });
  return { token, team, member };
}

/** @throws ApiError `wrong-password`, also for an unknown e-mail address */
export async function signIn(
  { database, sessions, passwords }: Services,
  { email, password, device }: z.output<typeof signInSchema>,
): Promise<Session> {
  const account = await findAccount(database, email);
  const isRight = await passwords.verify(password, account?.passwordHash);
  if (account === undefined || !isRight) {
    throw new ApiError('wrong-password', 'The e-mail address or the password is wrong.');
  }
  if (account.isDeactivated) {
    throw new ApiError('forbidden', 'Your account was deactivated. Ask an admin of your team.');
  }
  const { team, member } = account;
  return { token: await sessions.start(database, member.id, device), team, member };
}

/** Writes into the team's workspace. @returns the last change number */
async function write(
  tx: Transaction,
  team: string,
  records: readonly RecordState[],
): Promise<number> {
  const { first } = await takeChangeNumbers(tx, team, records.length);
  const stored = records.map((body) => ({ body, received: {} }));
  return (await writeRecords(tx, { team, collection: 'workspace' }, stored, first)).last;
}

function settingsRecord(
  { teamName, country, timeZone }: CreateTeamInput,
  clock: string,
): RecordState {
  const values = { name: teamName, country, timeZone };
  const byTimeAlone = byTimeAloneIn('workspace');
  return setFields(emptyRecord(TEAM_SETTINGS), values, clock, 'machine', byTimeAlone);
}

function assertTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new ApiError('invalid', 'This time zone is not known. Use a name like Europe/Berlin.');
  }
}
