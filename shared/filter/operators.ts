/** The operators of each kind of field, what people call them, and the values they take. */
import { z } from 'zod';
import { daySchema } from './created-range.ts';
import type { FilterType } from './filter-fields.ts';

export type OperatorId =
  | 'is'
  | 'isNot'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'isEmpty'
  | 'isNotEmpty'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'before'
  | 'after'
  | 'between'
  | 'inLast'
  | 'inNext'
  | 'today'
  | 'isAnyOf'
  | 'isNoneOf'
  | 'containsAny'
  | 'containsAll'
  | 'containsNone';

const text = z.string().trim().min(1).max(1000);
const choice = z.string().min(1).max(1000);
const number = z.number();

/** What an operator is compared with: tells the editor to show and what fits. */
export const VALUE_SCHEMAS = {
  /** No value. */
  none: z.unknown(),
  text,
  number,
  /** Both ends included. */
  numbers: z.tuple([number, number]),
  day: daySchema,
  /** First and last day, both included. */
  days: z.tuple([daySchema, daySchema]),
  /** A number of days. */
  count: z.number().int().min(1).max(36_500),
  /** The id of a stage, member, …, or the text of an option. */
  choice,
  choices: z.array(choice).min(1).max(500),
  flag: z.boolean(),
} as const;
export type ValueShape = keyof typeof VALUE_SCHEMAS;
export type ValueOf<S extends ValueShape> = z.output<(typeof VALUE_SCHEMAS)[S]>;

export interface Operator {
  id: OperatorId;
  /** In a menu, between field and value. */
  label: string;
  value: ValueShape;
}

const op = (id: OperatorId, label: string, value: ValueShape): Operator => ({ id, label, value });

const EMPTY = [op('isEmpty', 'is empty', 'none'), op('isNotEmpty', 'is not empty', 'none')];
const TEXT = [
  op('contains', 'contains', 'text'),
  op('notContains', 'does not contain', 'text'),
  op('is', 'is', 'text'),
  op('isNot', 'is not', 'text'),
  op('startsWith', 'starts with', 'text'),
  ...EMPTY,
];
const DAYS = [
  op('inLast', 'is in the last', 'count'),
  op('inNext', 'is in the next', 'count'),
  op('today', 'is today', 'none'),
  op('is', 'is', 'day'),
  op('before', 'is before', 'day'),
  op('after', 'is after', 'day'),
  op('between', 'is between', 'days'),
];
const ANY_OR_NONE = [
  op('isAnyOf', 'is any of', 'choices'),
  op('isNoneOf', 'is none of', 'choices'),
];
const ONE = [...ANY_OR_NONE, op('is', 'is', 'choice'), op('isNot', 'is not', 'choice')];
const MANY = [
  op('containsAny', 'contains any of', 'choices'),
  op('containsAll', 'contains all of', 'choices'),
  op('containsNone', 'contains none of', 'choices'),
  ...EMPTY,
];

const OPERATORS: Record<FilterType, readonly Operator[]> = {
  text: TEXT,
  phone: TEXT,
  number: [
    op('is', '=', 'number'),
    op('isNot', '≠', 'number'),
    op('gt', '>', 'number'),
    op('gte', '≥', 'number'),
    op('lt', '<', 'number'),
    op('lte', '≤', 'number'),
    op('between', 'is between', 'numbers'),
    ...EMPTY,
  ],
  date: [...DAYS, ...EMPTY],
  time: DAYS,
  checkbox: [op('is', 'is', 'flag')],
  select: [...ONE, ...EMPTY],
  multiSelect: MANY,
  stage: ONE,
  status: ONE,
  member: [...ONE, ...EMPTY],
  source: ANY_OR_NONE,
  intake: ANY_OR_NONE,
  tags: MANY,
};

/** The operators that fit a kind of field, in the order of a menu, the most used first. */
export function operatorsFor(type: FilterType): readonly Operator[] {
  return OPERATORS[type];
}
