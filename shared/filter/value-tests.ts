/** Tests of one value of a lead, for each kind of field. */
import type { Json } from '../record/json.ts';
import type { Comparison } from './comparison.ts';
import { lastDays, nextDays } from './created-range.ts';
import { addDays, type Day } from './days.ts';
import { foldText } from './fold.ts';
import { type Phone, phoneContains, phoneIs, phoneStartsWith } from './phone-test.ts';
import type { KeyOf } from './search.ts';
import { valueDay, valueNumber, valueText } from './values.ts';

/** Letter case and accents don't matter. "Is not" and "does not contain" hold for blanks, too. */
export function textTest(comparison: Comparison): (text: string) => boolean {
  const { operator } = comparison;
  if (operator === 'isEmpty') return (text) => text.trim() === '';
  if (operator === 'isNotEmpty') return (text) => text.trim() !== '';
  const wanted = foldText(comparison.as('text'));
  switch (operator) {
    case 'is':
      return (text) => foldText(text).trim() === wanted;
    case 'isNot':
      return (text) => foldText(text).trim() !== wanted;
    case 'startsWith':
      return (text) => foldText(text).trimStart().startsWith(wanted);
    case 'notContains':
      return (text) => !foldText(text).includes(wanted);
    default:
      return (text) => foldText(text).includes(wanted);
  }
}

export function phoneTest(comparison: Comparison, keyOf: KeyOf): (phone: Phone) => boolean {
  const { operator } = comparison;
  const isEmpty = ({ key, dialled }: Phone) => key === undefined && dialled.trim() === '';
  if (operator === 'isEmpty') return isEmpty;
  if (operator === 'isNotEmpty') return (phone) => !isEmpty(phone);
  const wanted = comparison.as('text');
  if (operator === 'startsWith') return phoneStartsWith(wanted, keyOf);
  const isExact = operator === 'is' || operator === 'isNot';
  const test = isExact ? phoneIs(wanted, keyOf) : phoneContains(wanted, keyOf);
  const negated = operator === 'isNot' || operator === 'notContains';
  return negated ? (phone) => !test(phone) : test;
}

export function numberTest(comparison: Comparison): (value: Json | undefined) => boolean {
  const { operator } = comparison;
  if (operator === 'isEmpty') return (value) => valueText(value).trim() === '';
  if (operator === 'isNotEmpty') return (value) => valueText(value).trim() !== '';
  if (operator === 'isNot') {
    const wanted = comparison.as('number');
    return (value) => valueNumber(value) !== wanted;
  }
  const test = numberComparison(comparison);
  return (value) => {
    const number = valueNumber(value);
    return number !== undefined && test(number);
  };
}

function numberComparison(comparison: Comparison): (number: number) => boolean {
  if (comparison.operator === 'between') {
    const [a, b] = comparison.as('numbers');
    const [least, greatest] = [Math.min(a, b), Math.max(a, b)];
    return (number) => number >= least && number <= greatest;
  }
  const wanted = comparison.as('number');
  switch (comparison.operator) {
    case 'gt':
      return (number) => number > wanted;
    case 'gte':
      return (number) => number >= wanted;
    case 'lt':
      return (number) => number < wanted;
    case 'lte':
      return (number) => number <= wanted;
    default:
      return (number) => number === wanted;
  }
}

export function dateTest(comparison: Comparison, today: Day): (value: Json | undefined) => boolean {
  const { operator } = comparison;
  if (operator === 'isEmpty') return (value) => valueText(value).trim() === '';
  if (operator === 'isNotEmpty') return (value) => valueText(value).trim() !== '';
  const [first, last] = daysOf(comparison, today);
  return (value) => {
    const day = valueDay(value);
    if (day === undefined) return false;
    return (first === null || day >= first) && (last === null || day <= last);
  };
}

/** The first and last day that a comparison lets in; null is open. */
export function daysOf(comparison: Comparison, today: Day): [first: Day | null, last: Day | null] {
  switch (comparison.operator) {
    case 'before':
      return [null, addDays(comparison.as('day'), -1)];
    case 'after':
      return [addDays(comparison.as('day'), 1), null];
    case 'between': {
      const [a, b] = comparison.as('days');
      return a <= b ? [a, b] : [b, a];
    }
    case 'inLast':
      return lastDays(comparison.as('count'), today);
    case 'inNext':
      return nextDays(comparison.as('count'), today);
    case 'today':
      return [today, today];
    default:
      return [comparison.as('day'), comparison.as('day')];
  }
}

const asItIs = (text: string) => text;

/** One value of several; `''` is none. */
export function choiceTest(comparison: Comparison, fold = asItIs): (value: string) => boolean {
  const { operator } = comparison;
  if (operator === 'isEmpty') return (value) => value === '';
  if (operator === 'isNotEmpty') return (value) => value !== '';
  const wanted = new Set(comparison.choices.map((choice) => fold(choice.trim())));
  const negated = operator === 'isNot' || operator === 'isNoneOf';
  return (value) => wanted.has(fold(value)) !== negated;
}

/** Several values at once. */
export function choicesTest(
  comparison: Comparison,
  fold = asItIs,
): (values: readonly string[]) => boolean {
  const { operator } = comparison;
  if (operator === 'isEmpty') return (values) => values.length === 0;
  if (operator === 'isNotEmpty') return (values) => values.length > 0;
  const wanted = new Set(comparison.choices.map((choice) => fold(choice.trim())));
  if (operator === 'containsAll') {
    return (values) => {
      const held = new Set(values.map(fold));
      return [...wanted].every((choice) => held.has(choice));
    };
  }
  const negated = operator === 'containsNone' || operator === 'isNoneOf';
  return (values) => values.some((value) => wanted.has(fold(value))) !== negated;
}
