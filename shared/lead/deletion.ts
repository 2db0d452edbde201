/**
 * Deleting leads and bringing them back. A deletion has no rank: what is not later is gone, from
 * every merge. A lead lives while something brought it in later, so an edit never revives it.
 */
import type { Clock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { type Json, jsonEquals } from '../record/json.ts';
import { deleteRecord, recordsEqual, setFields } from '../record/merge.ts';
import { entryOf, RANKS, type Rank, type RecordState } from '../record/record.ts';
import { FIELD, VIA_PREFIX } from './fields.ts';
import { earliestVia } from './via.ts';

const byTimeAlone = byTimeAloneIn('leads');

/** The lead's record deleted at `clock`, which must be beyond all that the deletion is to bury. */
export function deleteLead(record: RecordState, clock: Clock): RecordState {
  return deleteRecord(record, clock, byTimeAlone);
}

/**
 * A deleted lead brought back: a new via entry that keeps Created At, and the former values with
 * their ranks. What somebody wrote after the deletion stays, also where a message revived the lead
 * meanwhile. One that was not deleted, or was restored already, is left as it is.
 * @param former the record before it was deleted
 * @param intakeId names the new via entry
 * @param clock beyond the deletion
 */
export function restoreLead(
  current: RecordState,
  former: RecordState,
  intakeId: string,
  clock: Clock,
): RecordState {
  if (current.died === former.died) return current;
  const withVia = setFields(
    current,
    missingVia(current, former, intakeId),
    clock,
    'machine',
    byTimeAlone,
  );
  const restored = RANKS.reduce(
    (record, rank) =>
      setFields(record, formerValues(current, former, rank), clock, rank, byTimeAlone),
    withVia,
  );
  return recordsEqual(restored, current) ? current : restored;
}

/** A record without via took part in a lead all the same: as the new number of a moved one. */
function missingVia(
  current: RecordState,
  former: RecordState,
  intakeId: string,
): Record<string, Json> {
  const via = earliestVia(former);
  if (via === undefined || jsonEquals(earliestVia(current) ?? null, via)) return {};
  return { [VIA_PREFIX + intakeId]: via };
}

function formerValues(current: RecordState, former: RecordState, rank: Rank): Record<string, Json> {
  const values = Object.entries(former[rank].values).filter(([field]) => {
    if (field.startsWith(VIA_PREFIX) || field === FIELD.correctedTo) return false;
    const otherRank = byTimeAlone(field) && RANKS.some((other) => entryOf(current, field, other));
    return !otherRank && entryOf(current, field, rank) === undefined;
  });
  return Object.fromEntries(values);
}
