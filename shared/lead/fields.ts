/** The fields of a lead record, and the definitions of custom fields. */
import { z } from 'zod';
import { workspaceKindOf } from '../record/collections.ts';
import type { RecordState } from '../record/record.ts';
import { shownValue } from '../record/record.ts';

/** Ids of the fields that every lead may hold. */
export const FIELD = {
  /** {@link LeadState}: stage, status and reason are one field. */
  state: 'state',
  /** A member's id, or null for nobody. */
  assignee: 'assignee',
  /** The number as it was dialled or written; the phone key is the record's id. */
  phone: 'phone',
  /** An extension that came with the number. */
  extension: 'ext',
  /** Customer Name. */
  name: 'name',
  /** Key of the record that goes on for this one, after a new number; null once undone. */
  movedTo: 'movedTo',
  /** Key of the right record, after this one was found to be typed wrong; it is deleted too. */
  correctedTo: 'correctedTo',
} as const;

/** What fields are called; see {@link fieldLabel}. */
export const FIELD_LABELS = {
  [FIELD.state]: 'State',
  [FIELD.assignee]: 'Assigned To',
  [FIELD.phone]: 'Phone Number',
  [FIELD.extension]: 'Extension',
  [FIELD.name]: 'Customer Name',
  [FIELD.movedTo]: 'New number',
} as const;

export const VIA_PREFIX = 'via/';
export const CUSTOM_PREFIX = 'c/';

export const FIELD_TYPES = [
  'text',
  'longText',
  'number',
  'date',
  'select',
  'multiSelect',
  'checkbox',
  'url',
  'email',
  'phone',
] as const;
export const fieldTypeSchema = z.enum(FIELD_TYPES);
export type FieldType = z.infer<typeof fieldTypeSchema>;

export const fieldDefinitionSchema = z.object({
  /** Field id in leads, `c/…`. */
  id: z.string().startsWith(CUSTOM_PREFIX),
  label: z.string().min(1).max(80),
  type: fieldTypeSchema,
  order: z.number(),
});
export type FieldDefinition = z.infer<typeof fieldDefinitionSchema>;

/** The label of a field; of one the team no longer has, its id. */
export function fieldLabel(field: string, definitions: readonly FieldDefinition[]): string {
  const fixed: Readonly<Record<string, string>> = FIELD_LABELS;
  return fixed[field] ?? definitions.find(({ id }) => id === field)?.label ?? field;
}

/** The definition that a record of the workspace holds, or undefined if it is unusable. */
export function fieldDefinitionOf(record: RecordState): FieldDefinition | undefined {
  const parsed = fieldDefinitionSchema.safeParse({
    id: workspaceKindOf(record.id)?.id,
    label: shownValue(record, 'label'),
    type: shownValue(record, 'type'),
    order: shownValue(record, 'order'),
  });
  return parsed.success ? parsed.data : undefined;
}

/**
 * The id of a custom field made from a column's label. Equal labels (letter case, accents and
 * punctuation aside) give equal ids, so that two laptops which import the same file offline
 * make one field.
 */
export function customFieldId(label: string): string {
  const slug = label
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const ascii = /^[a-z0-9-]{1,60}$/.test(slug) ? slug : `x${hashText(slug)}`;
  return CUSTOM_PREFIX + ascii;
}

/** 64 bits of FNV-1a over UTF-16 code units, as 16 hexadecimal digits. Not for secrets. */
function hashText(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
