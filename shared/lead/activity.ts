/**
 * Activities: what happened to a lead, in the collection `activities`. They are records of their
 * own that are written once; of a conflict only the resolution is added later.
 */
import { z } from 'zod';
import { murmur3 } from '../phone/murmur3.ts';
import { type Clock, clockSchema } from '../record/clock.ts';
import { byTimeAloneIn, type CollectionName, collectionSchema } from '../record/collections.ts';
import type { Conflict } from '../record/conflicts.ts';
import { canonicalJson, type Json, jsonSchema } from '../record/json.ts';
import { setFields } from '../record/merge.ts';
import { emptyRecord, fieldsOf, type RecordState, shownValue } from '../record/record.ts';

/** Which of the two values of a conflict somebody chose. */
export const RESOLUTIONS = ['lost', 'kept'] as const;

const conflictValuesSchema = z.object({
  kind: z.literal('conflict'),
  /** Collection and id of the record that holds the field. */
  collection: collectionSchema,
  record: z.string(),
  field: z.string(),
  /** ms since 1970: when the server found it */
  at: z.number(),
  /** What the person who lost had entered, and when. */
  lost: jsonSchema,
  lostClock: clockSchema,
  /** Members' ids; null where the server does not know whose laptop it was. */
  lostBy: z.string().nullable(),
  /** What shows instead; null too where a deletion buried the lost value. */
  kept: jsonSchema,
  keptClock: clockSchema.nullable(),
  keptBy: z.string().nullable(),
  /** A deletion buried the lost value. */
  buried: z.boolean(),
  /** Set once somebody has chosen; clearing it opens the conflict again. */
  resolution: z.enum(RESOLUTIONS).nullable().default(null),
});
export type ConflictValues = z.infer<typeof conflictValuesSchema>;

/** A conflict as an activity. */
export type ConflictActivity = ConflictValues & { id: string };

/** Where a conflict was found, by whose laptops, and when. */
export interface ConflictPlace {
  collection: CollectionName;
  record: string;
  /** ms since 1970 */
  at: number;
  /** The member whose laptop has this node id, or null. */
  memberOf(clock: Clock): string | null;
}

/**
 * The record of a conflict. Its id comes from what is in conflict, so that the same one, judged
 * again, is the same activity.
 * @param stamp the server's clock
 */
export function conflictRecord(
  { field, lost, kept }: Conflict,
  { collection, record, at, memberOf }: ConflictPlace,
  stamp: Clock,
): RecordState {
  const values: Omit<ConflictValues, 'resolution'> = {
    kind: 'conflict',
    collection,
    record,
    field,
    at,
    lost: lost.value,
    lostClock: lost.clock,
    lostBy: memberOf(lost.clock),
    kept: kept?.value ?? null,
    keptClock: kept?.clock ?? null,
    keptBy: kept ? memberOf(kept.clock) : null,
    buried: kept === undefined,
  };
  const id = conflictId(collection, record, field, lost.clock);
  return setFields(emptyRecord(id), values, stamp, 'machine', byTimeAloneIn('activities'));
}

/** The conflict that a record of the collection `activities` holds, or undefined. */
export function conflictOf(record: RecordState): ConflictActivity | undefined {
  if (shownValue(record, 'kind') !== 'conflict') return undefined;
  const values: Record<string, Json> = {};
  for (const field of fieldsOf(record)) values[field] = shownValue(record, field) ?? null;
  const parsed = conflictValuesSchema.safeParse(values);
  return parsed.success ? { ...parsed.data, id: record.id } : undefined;
}

function conflictId(collection: string, record: string, field: string, lost: Clock): string {
  const text = canonicalJson([collection, record, field, lost]);
  return `conflict:${murmur3(new TextEncoder().encode(text))}`;
}
