/** The kinds of record that replicate, each in a collection of its own. */
import { z } from 'zod';
import type { ByTimeAlone } from './merge.ts';

export const COLLECTIONS = ['leads', 'activities', 'workspace'] as const;
export const collectionSchema = z.enum(COLLECTIONS);
export type CollectionName = z.infer<typeof collectionSchema>;

/** What shapes a team's work, all in the collection `workspace`: few records, needed everywhere. */
export const WORKSPACE_KINDS = ['stage', 'field', 'setting', 'member', 'space'] as const;
export type WorkspaceKind = (typeof WORKSPACE_KINDS)[number];

/** The record id of a thing in the collection `workspace`: `stage/new`, `field/c/city`. */
export function workspaceId(kind: WorkspaceKind, id: string): string {
  return `${kind}/${id}`;
}

/** What a record of the collection `workspace` is, and its id among its kind. */
export function workspaceKindOf(recordId: string): { kind: WorkspaceKind; id: string } | undefined {
  const kind = WORKSPACE_KINDS.find((known) => recordId.startsWith(`${known}/`));
  return kind && { kind, id: recordId.slice(kind.length + 1) };
}

const LEAD_FIELDS_BY_TIME_ALONE: ReadonlySet<string> = new Set(['state', 'assignee']);
const never: ByTimeAlone = () => false;

/** Of a lead, state and assignee go by time alone; everything else by rank first. */
export function byTimeAloneIn(collection: CollectionName): ByTimeAlone {
  return collection === 'leads' ? (field) => LEAD_FIELDS_BY_TIME_ALONE.has(field) : never;
}
