/** Makes of a filter a function that tells whether a lead matches. */
import { FIELD, type FieldDefinition } from '../lead/fields.ts';
import { NO_PHONE_PREFIX } from '../lead/lead.ts';
import { Comparison } from './comparison.ts';
import { type Day, dayAt, daysRange, isWithin } from './days.ts';
import { type Condition, checkCondition, type Filter, type FilterItem, isGroup } from './filter.ts';
import { FILTER_FIELD, type FilterField, filterFields } from './filter-fields.ts';
import type { FilterLead } from './filter-lead.ts';
import { foldText } from './fold.ts';
import type { Phone } from './phone-test.ts';
import type { KeyOf } from './search.ts';
import {
  choicesTest,
  choiceTest,
  dateTest,
  daysOf,
  numberTest,
  phoneTest,
  textTest,
} from './value-tests.ts';
import { valueList, valueText } from './values.ts';

export type LeadTest = (lead: FilterLead) => boolean;

/** What conditions depend on besides the lead. */
export interface FilterContext {
  definitions: readonly FieldDefinition[];
  timeZone: string;
  /** ms since 1970; "today" is its day in the time zone. */
  now: number;
  keyOf: KeyOf;
}

/** @returns undefined where the filter leaves all leads in */
export function compileFilter(filter: Filter, context: FilterContext): LeadTest | undefined {
  return compileItem(filter, compilerOf(context));
}

interface Compiler extends FilterContext {
  fields: readonly FilterField[];
  today: Day;
}

function compilerOf(context: FilterContext): Compiler {
  const { definitions, now, timeZone } = context;
  return { ...context, fields: filterFields(definitions), today: dayAt(now, timeZone) };
}

/** A group in which there are no conditions counts as if it were not there. */
function compileItem(item: FilterItem, compiler: Compiler): LeadTest | undefined {
  if (!isGroup(item)) return compileCondition(item, compiler);
  const tests = item.items.flatMap((inner) => compileItem(inner, compiler) ?? []);
  if (tests.length <= 1) return tests[0];
  return item.match === 'all'
    ? (lead) => tests.every((test) => test(lead))
    : (lead) => tests.some((test) => test(lead));
}

function compileCondition(condition: Condition, compiler: Compiler): LeadTest {
  const checked = checkCondition(condition, compiler.fields);
  if ('flaw' in checked) return () => false;
  const { field, operator } = checked;
  return TESTS_OF[field.type](field.id, new Comparison(operator, condition.value), compiler);
}

type TestOf = (field: string, comparison: Comparison, compiler: Compiler) => LeadTest;

const TESTS_OF: Record<FilterField['type'], TestOf> = {
  text: (field, comparison) => {
    const read = textReader(field);
    const test = textTest(comparison);
    return (lead) => test(read(lead));
  },
  phone: (field, comparison, { keyOf }) => {
    const read = phoneReader(field);
    const test = phoneTest(comparison, keyOf);
    return (lead) => test(read(lead));
  },
  number: (field, comparison) => {
    const test = numberTest(comparison);
    return (lead) => test(lead.custom[field]);
  },
  date: (field, comparison, { today }) => {
    const test = dateTest(comparison, today);
    return (lead) => test(lead.custom[field]);
  },
  time: (field, comparison, compiler) => {
    const { from, until } = timesOf(comparison, compiler);
    const column = field === FILTER_FIELD.createdAt ? 'createdAt' : 'updatedAt';
    return (lead) => isWithin(lead[column], { from, until });
  },
  checkbox: (field, comparison) => {
    const wanted = comparison.as('flag');
    if (field === FILTER_FIELD.needsPhone) {
      return ({ key }) => key.startsWith(NO_PHONE_PREFIX) === wanted;
    }
    return (lead) => (lead.custom[field] === true) === wanted;
  },
  select: (field, comparison) => {
    const test = choiceTest(comparison, foldText);
    return (lead) => test(valueText(lead.custom[field]).trim());
  },
  multiSelect: (field, comparison) => {
    const test = choicesTest(comparison, foldText);
    return (lead) => test(valueList(lead.custom[field]));
  },
  stage: (_, comparison) => {
    const test = choiceTest(comparison);
    return (lead) => test(lead.state.stage);
  },
  status: (_, comparison) => {
    const test = choiceTest(comparison);
    return (lead) => test(lead.state.status);
  },
  member: (_, comparison) => {
    const test = choiceTest(comparison);
    return (lead) => test(lead.assignee ?? '');
  },
  source: (_, comparison) => {
    const test = choicesTest(comparison);
    return (lead) => test(lead.sources);
  },
  intake: (_, comparison) => {
    const test = choicesTest(comparison);
    return (lead) => test(lead.intakes);
  },
  tags: (_, comparison) => {
    const test = choicesTest(comparison);
    return (lead) => test(lead.tags);
  },
};

function textReader(field: string): (lead: FilterLead) => string {
  return field === FIELD.name ? ({ name }) => name : ({ custom }) => valueText(custom[field]);
}

function phoneReader(field: string): (lead: FilterLead) => Phone {
  if (field !== FIELD.phone) {
    return ({ custom }) => ({ dialled: valueText(custom[field]), key: undefined });
  }
  return ({ key, phone }) => ({ dialled: phone, key: key.startsWith('+') ? key : undefined });
}

function timesOf(comparison: Comparison, { today, timeZone }: Compiler) {
  const [first, last] = daysOf(comparison, today);
  return {
    from: first === null ? Number.NEGATIVE_INFINITY : daysRange(first, first, timeZone).from,
    until: last === null ? Number.POSITIVE_INFINITY : daysRange(last, last, timeZone).until,
  };
}
