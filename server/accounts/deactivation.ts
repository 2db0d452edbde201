/** Deactivating members, who then are out at once, and letting them in again. */
import { byTimeAloneIn, workspaceId } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, greatestClock } from '../../shared/record/record.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import type { Transaction } from '../store/database.ts';
import { lockRecords, takeChangeNumbers, writeRecords } from '../store/records.ts';
import type { SignedIn } from './sessions.ts';

/**
 * A member's devices keep their sessions, so that they go on where the member is reactivated before
 * they heard of it.
 * @throws ApiError
 */
export async function setMemberActive(
  services: Services,
  admin: SignedIn,
  id: string,
  isActive: boolean,
): Promise<void> {
  const team = admin.team.id;
  const seq = await services.database.transaction(async (tx) => {
    // Two admins who deactivate each other do so one after the other.
    const { first } = await takeChangeNumbers(tx, team, 1);
    const wasActive = await assertAllowed(tx, admin, id);
    if (wasActive === isActive) {
      tx.undo();
      return undefined;
    }
    const deactivated = isActive ? null : services.now();
    await tx.query('UPDATE members SET deactivated = $2::bigint WHERE id = $1', [id, deactivated]);
    await services.hints.send(tx, { member: id });
    await services.hints.send(tx, { team });
    return writeActive(services, tx, team, { id, isActive, first });
  });
  if (seq === undefined) return;
  services.sessions.forget({ member: id });
  services.changes.announce(team, { collection: 'workspace', seq });
}

/** @returns whether the member is active now */
async function assertAllowed(
  tx: Transaction,
  { team, member }: SignedIn,
  id: string,
): Promise<boolean> {
  const rows = await tx.query<{ id: string; role: string; deactivated: number | null }>(
    'SELECT id, role, deactivated FROM members WHERE team = $1',
    [team.id],
  );
  const activeAdmins = rows.filter((row) => row.role === 'admin' && row.deactivated === null);
  if (!activeAdmins.some((row) => row.id === member.id)) {
    throw new ApiError('forbidden', 'Only admins may do this. Ask an admin of your team.');
  }
  const target = rows.find((row) => row.id === id);
  if (target === undefined) throw new ApiError('not-found', 'There is no such member.');
  // Whoever does this is an admin and stays one: a team is never without.
  if (id === member.id) {
    throw new ApiError('forbidden', 'You can’t deactivate yourself. Ask another admin to do it.');
  }
  return target.deactivated === null;
}

async function writeActive(
  services: Services,
  tx: Transaction,
  team: string,
  { id, isActive, first }: { id: string; isActive: boolean; first: number },
): Promise<number> {
  const place = { team, collection: 'workspace' } as const;
  const recordId = workspaceId('member', id);
  const known = (await lockRecords(tx, place, [recordId])).get(recordId);
  const before = known?.body ?? emptyRecord(recordId);
  const greatest = greatestClock(before);
  if (greatest !== undefined) services.clock.observe(greatest);
  const byTimeAlone = byTimeAloneIn('workspace');
  const values = { active: isActive };
  const body = setFields(before, values, services.clock.now(), 'machine', byTimeAlone);
  const written = [{ body, received: known?.received ?? {} }];
  return (await writeRecords(tx, place, written, first)).last;
}
