/** Writes the conflicts of a push as activities, in its transaction. */
import { conflictRecord } from '../../shared/lead/activity.ts';
import { type Clock, clockNode } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import type { Conflict } from '../../shared/record/conflicts.ts';
import { mergeRecords, recordsEqual } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { Transaction } from '../store/database.ts';
import {
  lockRecords,
  type StoredRecord,
  takeChangeNumbers,
  writeRecords,
} from '../store/records.ts';
import { membersOf } from './nodes.ts';

/** A conflict and where it was found. */
export interface FoundConflict extends Conflict {
  collection: CollectionName;
  record: string;
}

interface Stamp {
  /** ms since 1970 */
  at: number;
  clock: Clock;
}

/**
 * A conflict that is known already stays the one it is.
 * @returns the last change number and how much was written; undefined where nothing was
 */
export async function writeConflicts(
  tx: Transaction,
  team: string,
  conflicts: readonly FoundConflict[],
  stamp: Stamp,
): Promise<{ last: number; bytes: number; count: number } | undefined> {
  if (conflicts.length === 0) return undefined;
  const found = await asRecords(tx, team, conflicts, stamp);
  const place = { team, collection: 'activities' } as const;
  const known = await lockRecords(tx, place, [...found.keys()]);
  const changed = [...found.values()].flatMap((record) => merged(record, known.get(record.id)));
  if (changed.length === 0) return undefined;
  const { first } = await takeChangeNumbers(tx, team, changed.length);
  return { ...(await writeRecords(tx, place, changed, first)), count: changed.length };
}

async function asRecords(
  tx: Transaction,
  team: string,
  conflicts: readonly FoundConflict[],
  { at, clock }: Stamp,
): Promise<Map<string, RecordState>> {
  const clocks = conflicts.flatMap(({ lost, kept }) => [lost.clock, ...(kept ? [kept.clock] : [])]);
  const members = await membersOf(tx, team, [...new Set(clocks.map(clockNode))]);
  const memberOf = (of: Clock) => members.get(clockNode(of)) ?? null;
  const records = conflicts.map(({ collection, record, ...conflict }) =>
    conflictRecord(conflict, { collection, record, at, memberOf }, clock),
  );
  return new Map(records.map((record) => [record.id, record]));
}

function merged(record: RecordState, known: StoredRecord | undefined): StoredRecord[] {
  if (known === undefined) return [{ body: record, received: {} }];
  const body = mergeRecords(known.body, record, byTimeAloneIn('activities'));
  return recordsEqual(known.body, body) ? [] : [{ body, received: known.received }];
}
