/** What a command changed, kept so that it can be taken back; and the taking back itself. */
import { z } from 'zod';
import { deleteLead, restoreLead } from '../../shared/lead/deletion.ts';
import { FIELD } from '../../shared/lead/fields.ts';
import { hasVia } from '../../shared/lead/via.ts';
import { type Clock, successor } from '../../shared/record/clock.ts';
import { byTimeAloneIn, collectionSchema } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import {
  emptyRecord,
  entryOf,
  fieldsOf,
  RANKS,
  type RecordState,
  recordSchema,
  shownValue,
} from '../../shared/record/record.ts';
import {
  followUndo,
  type Restored,
  undoWritten,
  writtenBetween,
  writtenSchema,
} from '../../shared/record/undo.ts';

const byTimeAlone = byTimeAloneIn('leads');

const recordChangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('written'),
    collection: collectionSchema,
    record: z.string(),
    written: z.array(writtenSchema),
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
  return { kind: 'written', collection, record: id, written: writtenBetween(before, after) };
}

/** Entries that show again by an undo, in the record they are in. */
export interface RestoredIn {
  record: string;
  restored: readonly Restored[];
}

/** A change that stays on a stack, with the new clocks of its entries. */
export function withRestored(change: RecordChange, all: readonly RestoredIn[]): RecordChange {
  if (change.kind !== 'written') return change;
  const own = all.filter(({ record }) => record === change.record);
  const written = followUndo(
    change.written,
    own.flatMap(({ restored }) => restored),
  );
  return { ...change, written: [...written] };
}

export interface TakenBack {
  /** Undefined where nothing changes. */
  record: RecordState | undefined;
  /** Takes the taking back back. */
  inverse: RecordChange;
  /** Fields changed back, and fields that hold another value by now, which stays. */
  taken: number;
  kept: number;
  restored: readonly Restored[];
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
  const written = writtenBetween(current, undone.record);
  return {
    restored: undone.restored,
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
      restored: [],
    };
  }
  const isCorrected =
    correctedTo !== null && shownValue(current, FIELD.correctedTo) === correctedTo;
  const record = isCorrected
    ? setFields(restored, { [FIELD.correctedTo]: null }, clock, 'person', byTimeAlone)
    : restored;
  const inverse: RecordChange = { kind: 'restored', collection, record: id, correctedTo };
  return { record, inverse, taken: fields, kept: 0, restored: restoredOf(former, record) };
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
  return { record, inverse, taken: fieldsOf(current).length, kept: 0, restored: [] };
}

function restoredOf(former: RecordState, back: RecordState): Restored[] {
  return RANKS.flatMap((rank) =>
    Object.keys(former[rank].values).flatMap((field) => {
      const before = entryOf(former, field, rank)?.clock;
      const clock = entryOf(back, field, rank)?.clock;
      if (before === undefined || clock === undefined) return [];
      return [{ field, former: before, clock, rank }];
    }),
  );
}
