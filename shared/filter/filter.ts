/**
 * Filters as they are stored and sent: conditions in groups, which may nest. What is read is kept
 * as it is, also what only a newer version of the app understands.
 */
import { z } from 'zod';
import { jsonSchema } from '../record/json.ts';
import type { FilterField } from './filter-fields.ts';
import { type Operator, operatorsFor, VALUE_SCHEMAS, type ValueShape } from './operators.ts';

export const conditionSchema = z.object({
  /** `state`, `status`, `assignee`, `createdAt`, …, or a custom field's `c/…`. */
  field: z.string().min(1).max(128),
  operator: z.string().min(1).max(40),
  value: jsonSchema.optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export interface FilterGroup {
  /** Whether all items have to match, or any one. A group without conditions restricts nothing. */
  match: 'all' | 'any';
  items: FilterItem[];
}
export type FilterItem = Condition | FilterGroup;

const MAX_ITEMS = 100;
const MAX_DEPTH = 8;

const groupSchema: z.ZodType<FilterGroup> = z.object({
  match: z.enum(['all', 'any']),
  items: z.array(z.union([conditionSchema, z.lazy(() => groupSchema)])).max(MAX_ITEMS),
});

/** A whole filter: its outermost group. */
export const filterSchema = groupSchema.refine(
  (group) => depthOf(group) <= MAX_DEPTH,
  'groups are nested too deeply',
);
export type Filter = FilterGroup;

export const NO_FILTER: Filter = { match: 'all', items: [] };

export function isGroup(item: FilterItem): item is FilterGroup {
  return 'items' in item;
}

/** All conditions of a filter, in order. */
export function conditionsOf({ items }: FilterGroup): Condition[] {
  return items.flatMap((item) => (isGroup(item) ? conditionsOf(item) : [item]));
}

function depthOf({ items }: FilterGroup): number {
  return 1 + Math.max(0, ...items.map((item) => (isGroup(item) ? depthOf(item) : 0)));
}

/** A condition with all that is known of it. */
export interface SoundCondition {
  field: FilterField;
  operator: Operator;
  condition: Condition;
}

/**
 * What a condition means, or why it can't be applied, in words for people. A condition that can't
 * be applied matches nothing: were it left out, a bulk action would reach leads that nobody chose.
 */
export function checkCondition(
  condition: Condition,
  fields: readonly FilterField[],
): SoundCondition | { flaw: string } {
  const field = fields.find(({ id }) => id === condition.field);
  if (field === undefined) return { flaw: 'This field no longer exists.' };
  const operator = operatorsFor(field.type).find(({ id }) => id === condition.operator);
  if (operator === undefined) return { flaw: `“${field.label}” can’t be compared this way.` };
  if (!VALUE_SCHEMAS[operator.value].safeParse(condition.value).success) {
    return { flaw: NEEDED[operator.value] };
  }
  return { field, operator, condition };
}

const NEEDED: Record<ValueShape, string> = {
  none: '',
  text: 'Enter a text.',
  number: 'Enter a number.',
  numbers: 'Enter two numbers.',
  day: 'Choose a day.',
  days: 'Choose two days.',
  count: 'Enter a number of days.',
  choice: 'Choose a value.',
  choices: 'Choose at least one value.',
  flag: 'Choose yes or no.',
};
