/**
 * A number that changed. *New number*: the old record leads to the new one and nothing is copied,
 * see moves.ts. *Typed wrong*: the values go to the right key with their clocks, and the wrong one
 * dies, free for its true owner.
 */
import { type Clock, clockNode, successor } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import type { Json } from '../record/json.ts';
import { deleteRecord, mergeRecords, setFields } from '../record/merge.ts';
import {
  emptyRecord,
  entryOf,
  layerClock,
  RANKS,
  type Rank,
  type RecordState,
  selectFields,
  shownValue,
} from '../record/record.ts';
import { FIELD } from './fields.ts';
import { hasVia } from './via.ts';

const byTimeAlone = byTimeAloneIn('leads');

/** What stays with a record whatever becomes of its lead. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  FIELD.phone,
  FIELD.extension,
  FIELD.movedTo,
  FIELD.correctedTo,
]);

/** A number as somebody entered it. */
export interface EnteredNumber {
  /** Its phone key. */
  key: string;
  /** As it was written. */
  text: string;
  /** '' without one. */
  extension: string;
}

/** The record of a number, with the number written into it by a person. */
export function withNumber(record: RecordState, number: EnteredNumber, clock: Clock): RecordState {
  const values = { [FIELD.phone]: number.text, [FIELD.extension]: number.extension || null };
  return setFields(record, values, clock, 'person', byTimeAlone);
}

/** A record that from now on shows under another key. */
export function moveTo(record: RecordState, key: string | null, clock: Clock): RecordState {
  return setFields(record, { [FIELD.movedTo]: key }, clock, 'person', byTimeAlone);
}

/**
 * Takes all values from a number that was typed wrong to the right one, by the merge. Values that
 * an earlier deletion of the right record would bury are stamped anew where it has none of its own.
 * Of one key that is only written otherwise nothing dies.
 * @param clock beyond all that both records hold
 */
export function correctNumber(
  wrong: RecordState,
  right: RecordState | undefined,
  number: EnteredNumber,
  clock: Clock,
): { wrong: RecordState; right: RecordState } {
  if (wrong.id === number.key) {
    const rewritten = withNumber(wrong, number, clock);
    return { wrong: rewritten, right: rewritten };
  }
  const target = right ?? emptyRecord(number.key);
  const values = selectFields(wrong, (field) => !OWN_FIELDS.has(field));
  const taken: RecordState = { id: target.id, person: values.person, machine: values.machine };
  const merged = mergeRecords(target, beyond(taken, target, clock), byTimeAlone);
  return {
    wrong: setFields(
      deleteRecord(wrong, clock, byTimeAlone),
      { [FIELD.correctedTo]: target.id },
      successor(clock, clockNode(clock)),
      'person',
      byTimeAlone,
    ),
    right: withNumber(merged, number, clock),
  };
}

/** Where the values of a wrong number went; undefined where it was not one, or is in use again. */
export function correctionOf(record: RecordState): string | undefined {
  const key = shownValue(record, FIELD.correctedTo);
  return typeof key === 'string' && key !== record.id && !hasVia(record) ? key : undefined;
}

/**
 * What people entered for a wrong number after it was corrected, without knowing: to be offered on
 * the right lead.
 */
export function lateEdits(wrong: RecordState): Record<string, Json> {
  if (correctionOf(wrong) === undefined) return {};
  const { values } = selectFields(wrong, (field) => !OWN_FIELDS.has(field)).person;
  return values;
}

function beyond(record: RecordState, target: RecordState, clock: Clock): RecordState {
  const { died } = target;
  if (died === undefined) return record;
  return RANKS.reduce((stamped, rank) => {
    const buried = Object.entries(record[rank].values).filter(
      ([field]) => (layerClock(record[rank], field) ?? '') <= died && !hasOwn(target, field, rank),
    );
    return setFields(stamped, Object.fromEntries(buried), clock, rank, byTimeAlone);
  }, record);
}

function hasOwn(record: RecordState, field: string, rank: Rank): boolean {
  const ranks = byTimeAlone(field) ? RANKS : [rank];
  return ranks.some((each) => entryOf(record, field, each) !== undefined);
}
