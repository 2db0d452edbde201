/** What a command changed, kept so that it can be taken back; and the taking back itself. */
import { z } from 'zod';
import { deleteLead, restoreLead } from '../../shared/lead/deletion.ts';
import { FIELD } from '../../shared/lead/fields.ts';
import { hasVia } from '../../shared/lead/via.ts';
import { type Clock, clockSchema, successor } from '../../shared/record/clock.ts';
import { byTimeAloneIn, collectionSchema } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import {
  emptyRecord,
  entryOf,
  fieldsOf,
  RANKS,
  type Rank,
  type RecordState,
  recordSchema,
  shownValue,
} from '../../shared/record/record.ts';
import { undoWritten, writtenBetween, writtenSchema } from '../../shared/record/undo.ts';

const byTimeAlone = byTimeAloneIn('leads');

/** `formerClock`: of the entry that was overwritten; null where there was none. */
const overwrittenSchema = writtenSchema.extend({ formerClock: clockSchema.nullable() });

const recordChangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('written'),
    collection: collectionSchema,
    record: z.string(),
    written: z.array(overwrittenSchema),
  }),
  /** A lead's record that died. */
  z.object({
    kind: z.literal('deleted'),
    collection: z.literal('leads'),
    record: z.string(),
    former: recordSchema,
    /** Set where it was a number typed wrong. */
    correctedTo: z.string().nullable(),
  }),
  /** One that was brought back. */
  z.object({
    kind: z.literal('restored'),
    collection: z.literal('leads'),
    record: z.string(),
    correctedTo: z.string().nullable(),
  }),
]);
export type RecordChange = z.infer<typeof recordChangeSchema>;

export const operationSchema = z.object({
  id: z.string(),
  /** For people. */
  label: z.string(),
  changes: z.array(recordChangeSchema),
});
export type Operation = z.infer<typeof operationSchema>;

/** What a record became, and before. */
export interface Changed {
  collection: RecordChange['collection'];
  before: RecordState | undefined;
  after: RecordState;
}

/** How to take a change back. */
export function recordChangeOf({ collection, before, after }: Changed): RecordChange {
  const { id } = after;
  if (collection === 'leads' && before && after.died !== before.died) {
    const to = shownValue(after, FIELD.correctedTo);
    const correctedTo = typeof to === 'string' ? to : null;
    return { kind: 'deleted', collection, record: id, former: before, correctedTo };
  }
  return { kind: 'written', collection, record: id, written: overwritten(before, after) };
}

function overwritten(before: RecordState | undefined, after: RecordState) {
  return writtenBetween(before, after).map((entry) => {
    const former = before && entryOf(before, entry.field, entry.rank);
    return { ...entry, formerClock: former?.clock ?? null };
  });
}

/**
 * An entry that shows again by an undo, under a new clock: it is still its maker's own, so that
 * several changes of one field can be undone one after the other.
 */
export interface Successor {
  record: string;
  field: string;
  rank: Rank;
  from: Clock;
  to: Clock;
}

/** The change with the new clocks of its entries. */
export function withSuccessors(
  change: RecordChange,
  successors: ReadonlyMap<string, Clock>,
): RecordChange {
  if (change.kind !== 'written') return change;
  const written = change.written.map((entry) => {
    const { field, rank, clock } = entry;
    const to = successors.get(successorKey({ record: change.record, field, rank, from: clock }));
    return to === undefined ? entry : { ...entry, clock: to };
  });
  return { ...change, written };
}

export function successorKey({ record, field, rank, from }: Omit<Successor, 'to'>): string {
  return `${rank} ${from} ${field} ${record}`;
}

export interface TakenBack {
  /** Undefined where nothing changes. */
  record: RecordState | undefined;
  /** Takes the taking back back. */
  inverse: RecordChange;
  /** Fields changed back, and fields that hold another value by now, which stays. */
  taken: number;
  kept: number;
  successors: Successor[];
}

/**
 * Takes one change back, as far as it is still its own.
 * @param clock beyond all that the record holds
 * @param intakeId names the via entry of a lead that is brought back
 */
export function takeBack(
  change: RecordChange,
  current: RecordState | undefined,
  { node, clock, intakeId }: { node: string; clock: Clock; intakeId: string },
): TakenBack {
  const record = current ?? emptyRecord(change.record);
  switch (change.kind) {
    case 'written':
      return takeBackWritten(change, record, node);
    case 'deleted':
      return bringBack(change, record, intakeId, clock);
    case 'restored':
      return deleteAgain(change, record, clock, node);
  }
}

function takeBackWritten(
  change: Extract<RecordChange, { kind: 'written' }>,
  current: RecordState,
  node: string,
): TakenBack {
  const { collection, record: id } = change;
  const undone = undoWritten(current, change.written, node, byTimeAloneIn(collection));
  const written = overwritten(current, undone.record);
  return {
    successors: change.written.flatMap(({ field, rank, formerClock: from }) => {
      const to = written.find((entry) => entry.field === field && entry.rank === rank)?.clock;
      return from === null || to === undefined ? [] : [{ record: id, field, rank, from, to }];
    }),
    record: undone.taken.length > 0 ? undone.record : undefined,
    inverse: { kind: 'written', collection, record: id, written },
    taken: undone.taken.length,
    kept: undone.kept.length,
  };
}

function bringBack(
  change: Extract<RecordChange, { kind: 'deleted' }>,
  current: RecordState,
  intakeId: string,
  clock: Clock,
): TakenBack {
  const { collection, record: id, former, correctedTo } = change;
  const restored = restoreLead(current, former, intakeId, clock);
  const fields = fieldsOf(former).length;
  if (restored === current) {
    // Something brought it in again meanwhile: it is another's work by now.
    const inverse: RecordChange = { kind: 'written', collection, record: id, written: [] };
    return {
      record: undefined,
      inverse,
      taken: 0,
      kept: hasVia(current) ? fields : 0,
      successors: [],
    };
  }
  const isCorrected =
    correctedTo !== null && shownValue(current, FIELD.correctedTo) === correctedTo;
  const record = isCorrected
    ? setFields(restored, { [FIELD.correctedTo]: null }, clock, 'person', byTimeAlone)
    : restored;
  const inverse: RecordChange = { kind: 'restored', collection, record: id, correctedTo };
  return { record, inverse, taken: fields, kept: 0, successors: successorsOf(former, record) };
}

function deleteAgain(
  change: Extract<RecordChange, { kind: 'restored' }>,
  current: RecordState,
  clock: Clock,
  node: string,
): TakenBack {
  const { collection, record: id, correctedTo } = change;
  const dead = deleteLead(current, clock);
  const record =
    correctedTo === null
      ? dead
      : setFields(
          dead,
          { [FIELD.correctedTo]: correctedTo },
          successor(clock, node),
          'person',
          byTimeAlone,
        );
  const inverse: RecordChange = {
    kind: 'deleted',
    collection,
    record: id,
    former: current,
    correctedTo,
  };
  return { record, inverse, taken: fieldsOf(current).length, kept: 0, successors: [] };
}

function successorsOf(former: RecordState, restored: RecordState): Successor[] {
  return RANKS.flatMap((rank) =>
    Object.keys(former[rank].values).flatMap((field) => {
      const from = entryOf(former, field, rank)?.clock;
      const to = entryOf(restored, field, rank)?.clock;
      if (from === undefined || to === undefined) return [];
      return [{ record: former.id, field, rank, from, to }];
    }),
  );
}
