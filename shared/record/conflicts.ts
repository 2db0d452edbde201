/**
 * Conflicts: two people changed the same field without having seen each other's value. The merge
 * has settled which one shows; a conflict keeps the other. Only the server judges, in the
 * transaction that merges, since only there is the order of things known.
 */
import { z } from 'zod';
import { type Clock, clockNode, clockSchema } from './clock.ts';
import { jsonEquals } from './json.ts';
import type { ByTimeAlone } from './merge.ts';
import { type Entry, entryOf, layerClock, RANKS, type Rank, type RecordState } from './record.ts';

const fieldClocks = z.record(z.string(), clockSchema.nullable());
/**
 * What a client had before its changes: for each field it changed, by layer, the clock it saw
 * there, null where there was none; and the deletion it saw.
 */
export const baseSchema = z.strictObject({
  person: fieldClocks,
  machine: fieldClocks,
  died: clockSchema.nullable(),
});
export type Base = z.infer<typeof baseSchema>;

export interface Conflict {
  field: string;
  /** What the person who lost had entered. */
  lost: Entry;
  /** What shows instead; undefined where a deletion buried the lost value. */
  kept: Entry | undefined;
}

/** The base of a changed record, from the state the client took for the server's. */
export function baseOf(changed: RecordState, assumed: RecordState | undefined): Base {
  const base: Base = { person: {}, machine: {}, died: assumed?.died ?? null };
  for (const rank of RANKS) {
    const before = assumed?.[rank];
    const fields = [...Object.keys(changed[rank].values), ...Object.keys(before?.values ?? {})];
    for (const field of fields) {
      const seen = before && layerClock(before, field);
      if (seen !== layerClock(changed[rank], field)) base[rank][field] = seen ?? null;
    }
  }
  return base;
}

/**
 * The conflicts of a push.
 * @param stored the server's record before the merge
 * @param sent the client's record
 * @param received greatest clock that the server had from a node for a field of this record: what
 *   is not later was judged when it came first
 */
export function findConflicts(
  stored: RecordState,
  sent: RecordState,
  base: Base,
  received: (node: string, field: string) => Clock | undefined,
  byTimeAlone: ByTimeAlone,
): Conflict[] {
  const isNews = (field: string, { clock }: Entry) =>
    clock > (received(clockNode(clock), field) ?? '');
  const conflicts: Conflict[] = [];
  for (const { field, rank, seen } of changesIn(base, byTimeAlone)) {
    const mine = entryOf(sent, field, rank);
    if (!mine || mine.clock === seen || !isNews(field, mine)) continue;
    const theirs = rivalOf(stored, field, rank, byTimeAlone);
    if (theirs) {
      if (theirs.clock !== seen && areRivals(mine, theirs))
        conflicts.push(settled(field, mine, theirs));
    } else if (isBuried(mine, stored.died) && stored.died !== base.died) {
      conflicts.push({ field, lost: mine, kept: undefined });
    }
  }
  return [...conflicts, ...buriedBy(sent, stored, base, byTimeAlone)].filter(
    ({ lost }) => lost.rank === 'person',
  );
}

interface FieldChange {
  field: string;
  rank: Rank;
  seen: Clock | null;
}

function changesIn(base: Base, byTimeAlone: ByTimeAlone): FieldChange[] {
  return RANKS.flatMap((rank) =>
    Object.entries(base[rank]).map(([field, clock]) => {
      const seen = byTimeAlone(field) ? (base.person[field] ?? base.machine[field]) : clock;
      return { field, rank, seen: seen ?? null };
    }),
  );
}

/** The entry that a change meets on the other side: by time alone it may be of either rank. */
function rivalOf(
  record: RecordState,
  field: string,
  rank: Rank,
  byTimeAlone: ByTimeAlone,
): Entry | undefined {
  if (!byTimeAlone(field)) return entryOf(record, field, rank);
  return entryOf(record, field, 'person') ?? entryOf(record, field, 'machine');
}

function areRivals(mine: Entry, theirs: Entry): boolean {
  if (clockNode(mine.clock) === clockNode(theirs.clock)) return false;
  return !jsonEquals(mine.value, theirs.value);
}

function settled(field: string, mine: Entry, theirs: Entry): Conflict {
  return mine.clock > theirs.clock
    ? { field, lost: theirs, kept: mine }
    : { field, lost: mine, kept: theirs };
}

function isBuried({ clock }: Entry, died: Clock | undefined): boolean {
  return died !== undefined && clock <= died;
}

/**
 * What a deletion that is sent now buries without its author having seen it. Where the author wrote
 * the field anew after the deletion, that entry is the rival, and no second conflict arises.
 */
function buriedBy(
  sent: RecordState,
  stored: RecordState,
  base: Base,
  byTimeAlone: ByTimeAlone,
): Conflict[] {
  const { died } = sent;
  if (died === undefined || died === base.died || died <= (stored.died ?? '')) return [];
  return Object.keys(stored.person.values).flatMap((field) => {
    const entry = entryOf(stored, field, 'person');
    if (!entry || !isBuried(entry, died) || clockNode(entry.clock) === clockNode(died)) return [];
    if (rivalOf(sent, field, 'person', byTimeAlone)) return [];
    return base.person[field] === entry.clock ? [] : [{ field, lost: entry, kept: undefined }];
  });
}
