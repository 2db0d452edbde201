import { describe, expect, it } from 'vitest';
import type { FieldDefinition } from '../lead/fields.ts';
import { DEFAULT_STAGES } from '../lead/pipeline.ts';
import { phoneKey } from '../phone/phone-key.ts';
import { formatClock } from '../record/clock.ts';
import { setFields } from '../record/merge.ts';
import { emptyRecord } from '../record/record.ts';
import { compileFilter } from './compile-filter.ts';
import { conditionFlaw, describeCondition } from './describe.ts';
import { type Condition, conditionsOf, type Filter, filterSchema } from './filter.ts';
import { filterFields } from './filter-fields.ts';
import { type FilterLead, filterLeadOf } from './filter-lead.ts';
import { operatorsFor, VALUE_SCHEMAS } from './operators.ts';

const definitions: FieldDefinition[] = [
  { id: 'c/city', label: 'City', type: 'text', order: 1 },
  { id: 'c/budget', label: 'Budget', type: 'number', order: 2 },
  { id: 'c/visit', label: 'Visit', type: 'date', order: 3 },
  { id: 'c/size', label: 'Size', type: 'select', order: 4 },
  { id: 'c/likes', label: 'Likes', type: 'multiSelect', order: 5 },
  { id: 'c/news', label: 'Newsletter', type: 'checkbox', order: 6 },
  { id: 'c/alt', label: 'Other phone', type: 'phone', order: 7 },
];
const now = Date.parse('2026-03-30T10:00:00Z');
const context = {
  definitions,
  timeZone: 'Europe/Berlin',
  now,
  keyOf: (number: string) => phoneKey(number, 'IN')?.key,
};
const names = {
  fields: definitions,
  stages: DEFAULT_STAGES,
  members: [{ id: 'm1', name: 'Bea' }],
};

const ana: FilterLead = {
  key: '+919876543210',
  phone: '098765 43210',
  extension: '',
  name: 'Ana Sofía',
  state: { stage: 'contacted', status: 'open' },
  assignee: 'm1',
  createdAt: Date.parse('2026-03-29T00:30:00+01:00'),
  updatedAt: now,
  custom: {
    'c/city': 'São Paulo',
    'c/budget': 1500,
    'c/visit': '2026-04-02',
    'c/size': 'Large',
    'c/likes': ['Tea', 'Cake'],
    'c/news': true,
    'c/alt': '(040) 2345 6789',
  },
  sources: ['import', 'chat'],
  intakes: ['i1', 'i2'],
  tags: ['vip'],
};
const blank: FilterLead = {
  ...ana,
  key: 'x:1',
  phone: '',
  name: '',
  assignee: null,
  custom: {},
  sources: ['form'],
  intakes: ['i3'],
  tags: [],
};

const holds = (lead: FilterLead, ...items: Filter['items']) =>
  compileFilter({ match: 'all', items }, context)?.(lead) ?? true;

type Row = [field: string, operator: string, value?: Condition['value']];
const condition = ([field, operator, value]: Row): Condition =>
  value === undefined ? { field, operator } : { field, operator, value };

describe('conditions', () => {
  it.each<Row>([
    ['name', 'is', 'ana sofia'],
    ['name', 'contains', 'SOFÍ'],
    ['name', 'startsWith', 'aná'],
    ['name', 'isNot', 'Ana'],
    ['name', 'notContains', 'bea'],
    ['name', 'isNotEmpty'],
    ['c/city', 'contains', 'sao'],
    ['c/budget', 'is', 1500],
    ['c/budget', 'isNot', 1],
    ['c/budget', 'gt', 1499.5],
    ['c/budget', 'gte', 1500],
    ['c/budget', 'lt', 1501],
    ['c/budget', 'lte', 1500],
    ['c/budget', 'between', [2000, 1500]],
    ['c/visit', 'is', '2026-04-02'],
    ['c/visit', 'before', '2026-04-03'],
    ['c/visit', 'after', '2026-04-01'],
    ['c/visit', 'between', ['2026-04-02', '2026-04-02']],
    ['c/visit', 'inNext', 4],
    ['createdAt', 'is', '2026-03-29'],
    ['createdAt', 'before', '2026-03-30'],
    ['createdAt', 'after', '2026-03-28'],
    ['createdAt', 'inLast', 2],
    ['updatedAt', 'today'],
    ['updatedAt', 'between', ['2026-03-30', '9999-12-31']],
    ['c/size', 'is', 'large'],
    ['c/size', 'isAnyOf', ['Small', 'Large']],
    ['c/size', 'isNoneOf', ['Small']],
    ['c/likes', 'containsAny', ['tea', 'x']],
    ['c/likes', 'containsAll', ['Cake', 'Tea']],
    ['c/likes', 'containsNone', ['Coffee']],
    ['c/news', 'is', true],
    ['state', 'isAnyOf', ['new', 'contacted']],
    ['state', 'isNot', 'won'],
    ['status', 'is', 'open'],
    ['assignee', 'is', 'm1'],
    ['assignee', 'isNotEmpty'],
    ['source', 'isAnyOf', ['chat']],
    ['source', 'isNoneOf', ['form', 'webhook']],
    ['intake', 'isAnyOf', ['i2']],
    ['tags', 'containsAll', ['vip']],
    ['needsPhone', 'is', false],
    ['phone', 'is', '+91 98765-43210'],
    ['phone', 'is', '9876543210'],
    ['phone', 'contains', '65-432'],
    ['phone', 'notContains', '99'],
    ['phone', 'startsWith', '+91'],
    ['phone', 'startsWith', '098765'],
    ['phone', 'startsWith', '9876'],
    ['phone', 'isNotEmpty'],
    ['c/alt', 'is', '+91 40 2345 6789'],
    ['c/alt', 'contains', '4023456'],
    ['c/alt', 'startsWith', '040'],
  ])('%s %s %j holds', (...row) => {
    expect(conditionFlaw(condition(row), definitions)).toBeUndefined();
    expect(holds(ana, condition(row))).toBe(true);
  });

  it.each<Row>([
    ['name', 'is', 'Ana'],
    ['name', 'startsWith', 'Sofía'],
    ['name', 'isEmpty'],
    ['c/budget', 'gt', 1500],
    ['c/budget', 'lt', 1500],
    ['c/visit', 'inNext', 3],
    ['c/visit', 'today'],
    ['c/visit', 'inLast', 30],
    ['createdAt', 'today'],
    ['createdAt', 'inLast', 1],
    ['createdAt', 'after', '2026-03-29'],
    ['createdAt', 'before', '2026-03-29'],
    ['c/size', 'isNoneOf', ['large']],
    ['c/likes', 'containsAll', ['Tea', 'Coffee']],
    ['c/likes', 'containsNone', ['Tea']],
    ['c/news', 'is', false],
    ['assignee', 'isEmpty'],
    ['source', 'isNoneOf', ['chat']],
    ['intake', 'isAnyOf', ['i3']],
    ['needsPhone', 'is', true],
    ['phone', 'is', '98765'],
    ['phone', 'startsWith', '43210'],
    ['phone', 'startsWith', '+98'],
  ])('%s %s %j does not hold', (...row) => {
    expect(conditionFlaw(condition(row), definitions)).toBeUndefined();
    expect(holds(ana, condition(row))).toBe(false);
  });

  it('hold for a lead without values only where they say what it is not, or that it is empty', () => {
    const negative = ['isNot', 'notContains', 'isNoneOf', 'containsNone', 'isEmpty'];
    const values: Partial<Record<string, Condition['value']>> = {
      text: 'a',
      number: 0,
      numbers: [0, 9],
      day: '2026-03-30',
      days: ['2026-01-01', '2026-12-31'],
      count: 9,
      choice: 'a',
      choices: ['a'],
    };
    for (const { id, type } of filterFields(definitions)) {
      if (['time', 'stage', 'status', 'checkbox'].includes(type)) continue;
      for (const operator of operatorsFor(type)) {
        const tested = condition([id, operator.id, values[operator.value]]);
        const expected = negative.includes(operator.id);
        expect(holds(blank, tested), `${id} ${operator.id}`).toBe(expected);
      }
    }
    expect(holds(blank, condition(['c/news', 'is', false]))).toBe(true);
    expect(holds(blank, condition(['needsPhone', 'is', true]))).toBe(true);
  });

  it('read what an import left as text', () => {
    const lead = {
      ...blank,
      custom: { 'c/budget': '12.5', 'c/visit': 'soon', 'c/likes': 'Tea; Cake', 'c/news': 'maybe' },
    };
    expect(holds(lead, condition(['c/budget', 'lt', 13]))).toBe(true);
    expect(holds(lead, condition(['c/visit', 'after', '2000-01-01']))).toBe(false);
    expect(holds(lead, condition(['c/visit', 'isNotEmpty']))).toBe(true);
    expect(holds(lead, condition(['c/likes', 'containsAll', ['cake', 'tea']]))).toBe(true);
    expect(holds(lead, condition(['c/news', 'is', true]))).toBe(false);
  });
});

describe('groups', () => {
  const yes: Condition = { field: 'name', operator: 'isNotEmpty' };
  const no: Condition = { field: 'name', operator: 'isEmpty' };

  it('take all or any of their items, however nested', () => {
    expect(holds(ana, yes, { match: 'any', items: [no, yes] })).toBe(true);
    expect(holds(ana, yes, { match: 'any', items: [no, no] })).toBe(false);
    expect(holds(ana, { match: 'any', items: [no, { match: 'all', items: [yes, yes] }] })).toBe(
      true,
    );
    expect(holds(ana, { match: 'all', items: [yes, no] })).toBe(false);
  });

  it('restrict nothing while they are empty', () => {
    expect(holds(ana)).toBe(true);
    expect(holds(ana, { match: 'any', items: [] })).toBe(true);
    expect(holds(ana, { match: 'any', items: [no, { match: 'all', items: [] }] })).toBe(false);
  });
});

describe('conditions that can not be applied', () => {
  it.each<Row>([
    ['c/retired', 'is', 'x'],
    ['c/retired', 'isNot', 'x'],
    ['name', 'isNewer', 'x'],
    ['name', 'contains'],
    ['name', 'isNot', '  '],
    ['name', 'is', 5],
    ['c/budget', 'isNot', 'many'],
    ['c/visit', 'before', '2026-02-30'],
    ['createdAt', 'inLast', -1],
    ['createdAt', 'isEmpty'],
    ['state', 'isNoneOf', []],
    ['c/news', 'is', 'yes'],
    ['constructor', 'is', 'x'],
  ])('%s %s %j matches nothing and says why', (...row) => {
    expect(conditionFlaw(condition(row), definitions)).toMatch(/^\S.*\.$/);
    expect(holds(ana, condition(row))).toBe(false);
    expect(
      holds(ana, { match: 'any', items: [condition(row), condition(['name', 'isNotEmpty'])] }),
    ).toBe(true);
    expect(describeCondition(condition(row), names)).not.toBe('');
  });
});

describe('filters as JSON', () => {
  const filter: Filter = {
    match: 'all',
    items: [
      { field: 'from/a/newer', operator: 'app', value: { any: ['thing'] } },
      { match: 'any', items: [{ field: 'name', operator: 'isEmpty' }] },
    ],
  };

  it('come back unchanged, also what this version does not know', () => {
    expect(filterSchema.parse(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
    expect(conditionsOf(filter)).toHaveLength(2);
  });

  it('are refused where they are none', () => {
    let deep: Filter = { match: 'all', items: [] };
    for (let i = 0; i < 9; i++) deep = { match: 'all', items: [deep] };
    for (const none of [deep, {}, { match: 'not', items: [] }, { match: 'all', items: [1] }]) {
      expect(filterSchema.safeParse(none).success).toBe(false);
    }
  });
});

describe('words', () => {
  it.each<[Row, string]>([
    [['state', 'isAnyOf', ['new', 'contacted']], 'State is any of New, Contacted'],
    [['state', 'isAnyOf', ['new', 'won', 'lost', 'x']], 'State is any of New, Won and 2 more'],
    [['assignee', 'is', 'm1'], 'Assigned To is Bea'],
    [['assignee', 'isEmpty'], 'Assigned To is empty'],
    [['assignee', 'is', 'gone'], 'Assigned To is a former member'],
    [['name', 'contains', 'ana'], 'Customer Name contains “ana”'],
    [['createdAt', 'inLast', 7], 'Created At is in the last 7 days'],
    [['createdAt', 'today'], 'Created At is today'],
    [
      ['c/visit', 'between', ['2026-11-01', '2026-11-24']],
      'Visit is between Nov 1, 2026 and Nov 24, 2026',
    ],
    [['c/budget', 'gte', 500], 'Budget ≥ 500'],
    [['c/news', 'is', false], 'Newsletter is not checked'],
    [['needsPhone', 'is', true], 'Needs phone'],
    [['status', 'is', 'closed'], 'Status is Closed'],
    [['source', 'isAnyOf', ['broadcast']], 'Source is any of Broadcast list'],
    [['c/gone', 'is', 'x'], 'A field that no longer exists'],
  ])('%j', (row, words) => expect(describeCondition(condition(row), names)).toBe(words));

  it('name every operator of every field, each once', () => {
    for (const { type } of filterFields(definitions)) {
      const operators = operatorsFor(type);
      expect(new Set(operators.map(({ id }) => id)).size).toBe(operators.length);
      expect(new Set(operators.map(({ label }) => label)).size).toBe(operators.length);
      for (const { value } of operators) expect(VALUE_SCHEMAS[value]).toBeDefined();
    }
  });
});

describe('a lead to filter', () => {
  it('knows how it came in and its tags', () => {
    const clock = formatClock(1000, 0, 'aaaaaaaaaa');
    const via = (source: string) => ({ source, at: 1000, stage: 'new', assignee: null });
    const record = setFields(
      emptyRecord('x:1'),
      {
        'via/i1': via('import'),
        'via/i2': via('import'),
        'via/i3': 'x',
        'tag/a': true,
        'tag/b': null,
      },
      clock,
      'machine',
      () => false,
    );
    expect(filterLeadOf(record)).toMatchObject({
      sources: ['import'],
      intakes: ['i1', 'i2'],
      tags: ['a'],
    });
    expect(filterLeadOf(emptyRecord('x:1'))).toBeUndefined();
  });
});
