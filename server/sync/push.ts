/** Push: what a laptop has is merged into what the server has, in one transaction. */
import type { PushResponse, PushRow, Refusal } from '../../shared/protocol/sync.ts';
import { clockMs, clockNode, MAX_CLOCK_DRIFT_MS } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { recordsEqual } from '../../shared/record/merge.ts';
import { greatestClock, type RecordState } from '../../shared/record/record.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import type { Services } from '../services.ts';
import type { Transaction } from '../store/database.ts';
import {
  lockRecords,
  type Place,
  readClockMs,
  takeChangeNumbers,
  writeClockMs,
  writeReceived,
  writeRecords,
} from '../store/records.ts';
import { writeConflicts } from './conflict-activities.ts';
import { type Merged, mergeRows } from './merging.ts';
import { prohibition } from './permissions.ts';
import { judgedEntries } from './received.ts';
import { readPushRows } from './rows.ts';

/** @param body the request, not yet parsed */
export async function push(
  services: Services,
  signedIn: SignedIn,
  collection: CollectionName,
  body: unknown,
): Promise<PushResponse> {
  const { rows, refused } = readPushRows(body);
  const outcome =
    rows.length > 0
      ? await take(services, signedIn, collection, rows)
      : {
          merged: [],
          refused: [],
          clockMs: await readClockMs(services.database, signedIn.team.id),
        };
  return {
    merged: outcome.merged,
    refused: [...refused, ...outcome.refused],
    clockLimit: limitAfter(services, outcome.clockMs),
    serverTime: services.now(),
  };
}

interface Outcome {
  /** To be answered. */
  merged: RecordState[];
  refused: Refusal[];
  /** Of the greatest clock that was taken from the team's laptops, the time. */
  clockMs: number;
}

async function take(
  services: Services,
  signedIn: SignedIn,
  collection: CollectionName,
  rows: readonly PushRow[],
): Promise<Outcome> {
  const { team, member } = signedIn;
  const { outcome, committed } = await services.database.transaction(async (tx) => {
    const ids = [...new Set(rows.map(({ record }) => record.id))];
    const { first, clockMs } = await takeChangeNumbers(tx, team.id, ids.length);
    const place = { team: team.id, collection };
    const { merged, refused } = mergeRows(rows, await lockRecords(tx, place, ids), {
      collection,
      clockLimit: limitAfter(services, clockMs),
      prohibit: (id, change) => prohibition(member.role, collection, id, change),
    });
    const answer = merged.flatMap(({ after, sent }) =>
      sent.every((record) => recordsEqual(record, after.body)) ? [] : [after.body],
    );
    const outcome = { merged: answer, refused, clockMs: greatestMs(merged, clockMs) };
    if (merged.every(isUntouched)) {
      // A push that changes nothing leaves no trace, not even a change number.
      tx.undo();
      return { outcome: { ...outcome, clockMs }, committed: () => {} };
    }
    if (outcome.clockMs > clockMs) await writeClockMs(tx, team.id, outcome.clockMs);
    return { outcome, committed: await write(services, tx, signedIn, place, merged, first) };
  });
  committed();
  return outcome;
}

/** @returns to be called once the transaction is committed */
async function write(
  services: Services,
  tx: Transaction,
  { team, member }: SignedIn,
  place: Place,
  merged: readonly Merged[],
  first: number,
): Promise<() => void> {
  const { collection } = place;
  const noteClaim = await services.nodes.claim(tx, team.id, member.id, nodesIn(merged, collection));
  const changed = merged.filter(isChanged).map(({ after }) => after);
  const heard = merged.filter((one) => !isChanged(one) && !isUntouched(one));
  const records =
    changed.length > 0 ? await writeRecords(tx, place, changed, first) : { last: 0, bytes: 0 };
  if (heard.length > 0) {
    await writeReceived(
      tx,
      place,
      heard.map(({ after }) => after),
    );
  }
  const found = merged.flatMap(({ conflicts, after }) =>
    conflicts.map((conflict) => ({ ...conflict, collection, record: after.body.id })),
  );
  const stamp = { at: services.now(), clock: services.clock.now() };
  if (changed.length > 0 || found.length > 0) await services.hints.send(tx, { team: team.id });
  const activities = await writeConflicts(tx, team.id, found, stamp);
  return () => {
    noteClaim();
    if (changed.length > 0) services.changes.announce(team.id, { collection, seq: records.last });
    if (activities !== undefined) {
      services.changes.announce(team.id, { collection: 'activities', seq: activities.last });
    }
    services.written(
      merged.length + (activities?.count ?? 0),
      records.bytes + (activities?.bytes ?? 0),
    );
  };
}

/** Whose laptops they are is worth knowing: of what conflicts are about, and of deletions. */
function nodesIn(merged: readonly Merged[], collection: CollectionName): Set<string> {
  const byTimeAlone = byTimeAloneIn(collection);
  const clocks = merged.flatMap(({ sent }) =>
    sent.flatMap((record) => [
      ...judgedEntries(record, byTimeAlone).map(([, clock]) => clock),
      ...(record.died === undefined ? [] : [record.died]),
    ]),
  );
  return new Set(clocks.map(clockNode));
}

function isChanged({ before, after }: Merged): boolean {
  return !recordsEqual(before.body, after.body);
}

function isUntouched(merged: Merged): boolean {
  return !isChanged(merged) && merged.before.received === merged.after.received;
}

function greatestMs(merged: readonly Merged[], known: number): number {
  return merged
    .flatMap(({ sent }) => sent)
    .reduce((greatest, record) => {
      const clock = greatestClock(record);
      return clock === undefined ? greatest : Math.max(greatest, clockMs(clock));
    }, known);
}

/** Beyond the server's time, and beyond what it took, clocks may be a little, no more. */
function limitAfter(services: Services, takenMs: number): number {
  return Math.max(services.now(), takenMs) + MAX_CLOCK_DRIFT_MS;
}
