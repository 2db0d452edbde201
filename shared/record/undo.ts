/**
 * Undo: a change is taken back by writing what was there before, at the undone entry's own rank and
 * with the successor of its clock. So it takes back only what is still its own, and whatever
 * somebody else wrote meanwhile, seen or not yet seen, wins over it.
 */
import { z } from 'zod';
import { type Clock, clockSchema, successor } from './clock.ts';
import { type Json, jsonEquals, jsonSchema } from './json.ts';
import { type ByTimeAlone, setFields } from './merge.ts';
import {
  entryOf,
  FIELD_ID_PATTERN,
  RANKS,
  type Rank,
  type RecordState,
  shownEntry,
  shownValue,
} from './record.ts';

/** One entry that a change wrote, and what showed before it. */
export const writtenSchema = z.object({
  field: z.string().regex(FIELD_ID_PATTERN),
  rank: z.enum(['person', 'machine']),
  /** Clock of the entry that the change wrote. */
  clock: clockSchema,
  /** What showed before; null where nothing did. */
  before: jsonSchema,
  /** Clock of the entry that showed before, where one did. */
  replaced: z.exactOptional(clockSchema),
});
export type Written = z.infer<typeof writtenSchema>;

/** What a change wrote, from the states of the record around it. */
export function writtenBetween(before: RecordState | undefined, after: RecordState): Written[] {
  return RANKS.flatMap((rank) =>
    Object.keys(after[rank].values).flatMap((field) => {
      const entry = entryOf(after, field, rank);
      const was = before && entryOf(before, field, rank);
      if (entry === undefined || was?.clock === entry.clock) return [];
      const shown = before && shownEntry(before, field);
      const written = { field, rank, clock: entry.clock, before: shown?.value ?? null };
      return [shown ? { ...written, replaced: shown.clock } : written];
    }),
  );
}

export interface Undone {
  record: RecordState;
  /** Fields that were taken back. */
  taken: string[];
  /** Fields that hold another value by now, which stays. */
  kept: string[];
  /** The entries that stand for former ones now, for {@link followUndo}. */
  restored: Restored[];
}

/** An entry that an undo wrote in the place of one that showed before. */
export interface Restored {
  field: string;
  /** Clock of the former entry. */
  former: Clock;
  clock: Clock;
  rank: Rank;
}

/**
 * Takes back what is still a change's own.
 * @param node the node that undoes: the new entries are its own
 */
export function undoWritten(
  current: RecordState,
  written: readonly Written[],
  node: string,
  byTimeAlone: ByTimeAlone,
): Undone {
  const undone: Undone = { record: current, taken: [], kept: [], restored: [] };
  for (const { field, rank, clock, before, replaced } of written) {
    if (isStillOwn(current, field, rank, clock, byTimeAlone)) {
      const back = successor(clock, node);
      undone.record = setFields(undone.record, { [field]: before }, back, rank, byTimeAlone);
      undone.taken.push(field);
      if (replaced !== undefined)
        undone.restored.push({ field, former: replaced, clock: back, rank });
    } else if (!showsAlready(undone.record, field, before)) {
      undone.kept.push(field);
    }
  }
  return undone;
}

/**
 * Another change on the stack after an undo (or redo): where the undo brought back a value that this
 * change wrote, the new entry is this change's own. Without it, of two edits of one field only the
 * second could be undone.
 */
export function followUndo(
  written: readonly Written[],
  restored: readonly Restored[],
): readonly Written[] {
  if (restored.length === 0) return written;
  return written.map((item) => {
    const now = restored.find(({ field, former }) => field === item.field && former === item.clock);
    return now ? { ...item, clock: now.clock, rank: now.rank } : item;
  });
}

function isStillOwn(
  record: RecordState,
  field: string,
  rank: Rank,
  clock: Clock,
  byTimeAlone: ByTimeAlone,
): boolean {
  if (entryOf(record, field, rank)?.clock !== clock) return false;
  // A person's later entry hides a machine's: taking that back would change nothing that shows.
  return rank === 'person' || byTimeAlone(field) || entryOf(record, field, 'person') === undefined;
}

function showsAlready(record: RecordState, field: string, value: Json): boolean {
  return jsonEquals(shownValue(record, field) ?? null, value);
}
