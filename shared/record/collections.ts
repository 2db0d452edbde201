/** The kinds of record that replicate, each in a collection of its own. */
import { z } from 'zod';
import type { ByTimeAlone } from './merge.ts';

export const COLLECTIONS = ['leads', 'stages', 'fields', 'settings', 'members'] as const;
export const collectionSchema = z.enum(COLLECTIONS);
export type CollectionName = z.infer<typeof collectionSchema>;

const LEAD_FIELDS_BY_TIME_ALONE: ReadonlySet<string> = new Set(['state', 'assignee']);
const never: ByTimeAlone = () => false;

/** Of a lead, state and assignee go by time alone; everything else by rank first. */
export function byTimeAloneIn(collection: CollectionName): ByTimeAlone {
  return collection === 'leads' ? (field) => LEAD_FIELDS_BY_TIME_ALONE.has(field) : never;
}
