/** The fields that leads can be filtered by, and the kinds of values they hold. */
import { FIELD, FIELD_LABELS, type FieldDefinition, type FieldType } from '../lead/fields.ts';

/** What decides which operators a field has. */
export type FilterType =
  | 'text'
  | 'phone'
  | 'number'
  /** A day of the calendar. */
  | 'date'
  /** A moment, filtered by the team's days. */
  | 'time'
  | 'checkbox'
  | 'select'
  | 'multiSelect'
  | 'stage'
  | 'status'
  | 'member'
  /** The ways by which a lead came in. */
  | 'source'
  /** The imports, chats or forms that brought it, by their ids. */
  | 'intake'
  | 'tags';

export interface FilterField {
  id: string;
  label: string;
  type: FilterType;
}

/** Ids of what can be filtered by and is no field of the record under the same id. */
export const FILTER_FIELD = {
  status: 'status',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  source: 'source',
  intake: 'intake',
  tags: 'tags',
  needsPhone: 'needsPhone',
} as const;

const FIXED_FIELDS: readonly FilterField[] = [
  { id: FIELD.name, label: FIELD_LABELS.name, type: 'text' },
  { id: FIELD.phone, label: FIELD_LABELS.phone, type: 'phone' },
  { id: FIELD.state, label: FIELD_LABELS.state, type: 'stage' },
  { id: FILTER_FIELD.status, label: 'Status', type: 'status' },
  { id: FIELD.assignee, label: FIELD_LABELS.assignee, type: 'member' },
  { id: FILTER_FIELD.createdAt, label: 'Created At', type: 'time' },
  { id: FILTER_FIELD.updatedAt, label: 'Updated At', type: 'time' },
  { id: FILTER_FIELD.source, label: 'Source', type: 'source' },
  { id: FILTER_FIELD.intake, label: 'Came in with', type: 'intake' },
  { id: FILTER_FIELD.tags, label: 'Tags', type: 'tags' },
  { id: FILTER_FIELD.needsPhone, label: 'Needs phone', type: 'checkbox' },
];

const TYPE_OF: Record<FieldType, FilterType> = {
  text: 'text',
  longText: 'text',
  url: 'text',
  email: 'text',
  phone: 'phone',
  number: 'number',
  date: 'date',
  select: 'select',
  multiSelect: 'multiSelect',
  checkbox: 'checkbox',
};

/** All fields to filter by, the team's own ones last. */
export function filterFields(definitions: readonly FieldDefinition[]): FilterField[] {
  const own = definitions.map(({ id, label, type }) => ({ id, label, type: TYPE_OF[type] }));
  return [...FIXED_FIELDS, ...own];
}
