import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../shared/filter/compile-filter.ts';
import { createdTimes, dayText } from '../../shared/filter/created-range.ts';
import { isDay, isWithin } from '../../shared/filter/days.ts';
import { STATUS_LABELS } from '../../shared/filter/describe.ts';
import type { Condition } from '../../shared/filter/filter.ts';
import { type FilterLead, filterLeadOf } from '../../shared/filter/filter-lead.ts';
import { matchesSearch, parseSearch, searchLines } from '../../shared/filter/search.ts';
import { valueText } from '../../shared/filter/values.ts';
import type { FieldDefinition } from '../../shared/lead/fields.ts';
import { DEFAULT_STAGES } from '../../shared/lead/pipeline.ts';
import { phoneKey } from '../../shared/phone/phone-key.ts';
import { formatClock } from '../../shared/record/clock.ts';
import type { Json } from '../../shared/record/json.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState } from '../../shared/record/record.ts';
import { LeadIndex } from './lead-index.ts';
import { sortKey } from './sort-key.ts';
import type { LeadMatch, LeadQuery, Sort, SortedMatch, Workspace } from './store-contract.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-03-30T10:00:00Z');
const fields: FieldDefinition[] = [
  { id: 'c/city', label: 'City', type: 'text', order: 1 },
  { id: 'c/budget', label: 'Budget', type: 'number', order: 2 },
  { id: 'c/visit', label: 'Visit', type: 'date', order: 3 },
  { id: 'c/news', label: 'Newsletter', type: 'checkbox', order: 4 },
];
const workspace: Workspace = {
  stages: [...DEFAULT_STAGES],
  fields,
  members: [
    { id: 'm1', name: 'Bea', email: '' },
    { id: 'm2', name: 'ana', email: '' },
  ],
  country: 'BR',
  timeZone: 'America/Sao_Paulo',
};

interface Values {
  [field: string]: Json;
}

function record(id: string, values: Values, ms = now, at = now): RecordState {
  const via = { source: 'import', at, stage: 'new', assignee: null };
  const clock = formatClock(ms, 0, 'aaaaaaaaaa');
  return setFields(emptyRecord(id), { ...values, 'via/i1': via }, clock, 'person', () => false);
}

function indexOf(...records: RecordState[]): LeadIndex {
  const index = new LeadIndex(() => now);
  index.put(records);
  return index;
}

const query = (change: Partial<LeadQuery> = {}): LeadQuery => ({
  sort: [{ column: 'name', direction: 'asc' }],
  page: 0,
  pageSize: 10,
  ...change,
});
const by = (...columns: string[]): Sort[] =>
  columns.map((column) =>
    column.startsWith('-')
      ? { column: column.slice(1), direction: 'desc' }
      : { column, direction: 'asc' },
  );

/** What the index should answer, worked out from all leads each time. */
class Model {
  readonly leads = new Map<string, FilterLead>();
  workspace = workspace;

  put(records: RecordState[]): void {
    for (const state of records) {
      const lead = filterLeadOf(state);
      if (lead) this.leads.set(state.id, lead);
      else this.leads.delete(state.id);
    }
  }

  matching({ search = '', filter }: LeadMatch): FilterLead[] {
    const { timeZone, country } = this.workspace;
    const keyOf = (number: string) => phoneKey(number, country)?.key;
    const context = { definitions: this.workspace.fields, timeZone, now, keyOf };
    const test = filter && compileFilter(filter, context);
    const parsed = parseSearch(search, keyOf);
    return [...this.leads.values()].filter((lead) => {
      const lines = this.shownTexts(lead).flatMap(searchLines);
      const has = (needle: string) => lines.some((line) => line.includes(needle));
      return (!test || test(lead)) && matchesSearch(parsed, has);
    });
  }

  keys(match: SortedMatch): string[] {
    const times = createdTimes(
      match.created ?? { preset: 'anyTime' },
      now,
      this.workspace.timeZone,
    );
    const inside = this.matching(match).filter(({ createdAt }) => isWithin(createdAt, times));
    return inside.sort((a, b) => this.compare(a, b, match.sort)).map(({ key }) => key);
  }

  private shownTexts({ key, phone, extension, name, state, assignee, custom }: FilterLead) {
    const { stages, members } = this.workspace;
    return [
      key.startsWith('+') ? key : '',
      phone,
      extension && `ext. ${extension}`,
      name,
      state.reason ?? '',
      stages.find(({ id }) => id === state.stage)?.name ?? '',
      STATUS_LABELS[state.status],
      members.find(({ id }) => id === assignee)?.name ?? '',
      ...Object.values(custom).flatMap((value) => [
        typeof value === 'boolean' ? '' : valueText(value),
        typeof value === 'string' && isDay(value) ? dayText(value) : '',
      ]),
    ];
  }

  private compare(a: FilterLead, b: FilterLead, sort: Sort[]): number {
    for (const { column, direction } of sort) {
      const [x, y] = [this.sortValue(a, column), this.sortValue(b, column)];
      if (x === y) continue;
      if (x === undefined) return 1;
      if (y === undefined) return -1;
      const isLess = typeof x === typeof y ? x < y : typeof x === 'number';
      return isLess === (direction === 'asc') ? -1 : 1;
    }
    return a.key < b.key ? -1 : 1;
  }

  private sortValue(lead: FilterLead, column: string): string | number | undefined {
    const { stages, members } = this.workspace;
    if (column === 'createdAt' || column === 'updatedAt') return lead[column];
    if (column === 'state') return stages.find(({ id }) => id === lead.state.stage)?.order;
    if (column === 'phone') return lead.key.startsWith('+') ? lead.key : undefined;
    const value: Json | undefined =
      column === 'name'
        ? lead.name
        : column === 'status'
          ? lead.state.status
          : column === 'assignee'
            ? members.find(({ id }) => id === lead.assignee)?.name
            : lead.custom[column];
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    if (column === 'c/visit' && typeof value === 'string' && isDay(value)) return Date.parse(value);
    return sortKey(valueText(value)) || undefined;
  }
}

const words = fc.constantFrom(
  'Customer B',
  'Customer A',
  'Ana',
  'ána maria',
  'Bea',
  'N2',
  'N10',
  'Ünal (2)',
  'won',
  '',
);
const times = fc.constantFrom(0, 1, 2, 29, 30, 31, 400).map((days) => now - days * DAY);
const keys = fc.oneof(
  fc.nat(12).map((i) => `+551198765432${i.toString(16)}`.replace(/[a-c]$/, '0')),
  fc.nat(4).map((i) => `x:${i}`),
);
const states = fc.constantFrom<Json>(
  { stage: 'new', status: 'open' },
  { stage: 'won', status: 'closed' },
  { stage: 'gone', status: 'cancelled', reason: 'too far' },
);
const values = fc.record<Values>(
  {
    name: words,
    phone: fc.constantFrom('(11) 98765-4321', '011 8765 4320', '+55 11 98765'),
    ext: fc.constantFrom('12', ''),
    state: states,
    assignee: fc.constantFrom(null, 'm1', 'm2', 'm3'),
    'c/city': words,
    'c/budget': fc.constantFrom<Json>(5, -1, '12', 'much', 0.5, null),
    'c/visit': fc.constantFrom<Json>('2026-03-30', '2026-04-01', 'soon'),
    'c/news': fc.boolean(),
  },
  { requiredKeys: [] },
);
const puts = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(keys, values, times, times)
        .map(([id, held, ms, at]) => record(id, held, ms, at)),
    },
    { weight: 1, arbitrary: keys.map((id) => emptyRecord(id)) },
  ),
  { minLength: 1, maxLength: 12 },
);
const searches = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('ana maria', '11 98765-4321', '+55 11 9', 'new', 'apr 1', 'ext. 1'),
      fc.nat(14),
    )
    .map(([typed, end]) => typed.slice(0, end)),
  fc.constantFrom('', 'a', 'bea open', '8765 4320', 'won', 'far', '12', 'zz'),
);
const conditions = fc.constantFrom<Condition>(
  { field: 'state', operator: 'isAnyOf', value: ['new', 'gone'] },
  { field: 'name', operator: 'contains', value: 'AN' },
  { field: 'c/budget', operator: 'gte', value: 0 },
  { field: 'c/visit', operator: 'today' },
  { field: 'needsPhone', operator: 'is', value: true },
  { field: 'assignee', operator: 'isEmpty' },
  { field: 'c/city', operator: 'isNotEmpty' },
);
const filters = fc.record({
  match: fc.constantFrom('all' as const, 'any' as const),
  items: fc.array(conditions, { maxLength: 2 }),
});
const created = fc.constantFrom(
  { preset: 'anyTime' } as const,
  { preset: 'last30' } as const,
  { preset: 'today' } as const,
  { preset: 'custom', from: '2026-03-01', to: null } as const,
);
const columns = [
  'name',
  'phone',
  'state',
  'status',
  'assignee',
  'createdAt',
  'updatedAt',
  ...fields.map(({ id }) => id),
];
const sorts = fc.array(
  fc.record({
    column: fc.constantFrom(...columns),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { maxLength: 3 },
);
const matches = fc.record({ search: searches, filter: filters, created, sort: sorts });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: puts },
    { weight: 6, arbitrary: matches },
    { weight: 1, arbitrary: fc.constantFrom('Neu', 'Ana’s', 'Zero') },
  ),
  { minLength: 2, maxLength: 25 },
);

describe('the lead index', () => {
  it('answers as looking at all leads each time would, whatever changes in between', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const index = new LeadIndex(() => now);
        const model = new Model();
        for (const step of taken) {
          if (Array.isArray(step)) {
            index.put(step);
            model.put(step);
          } else if (typeof step === 'string') {
            model.workspace = renamed(step);
            index.forgetOrder();
          } else compare(index, model, step);
        }
        expect(index.size).toBe(model.leads.size);
      }),
      { numRuns: 200 },
    );
  });

  function compare(index: LeadIndex, model: Model, match: SortedMatch): void {
    const expected = model.keys(match);
    expect(index.keys(match, model.workspace)).toEqual(expected);
    expect(index.count(match, model.workspace)).toBe(expected.length);
    const page = index.query({ ...match, page: 1, pageSize: 3 }, model.workspace);
    const start = expected.length > 3 ? 3 : 0;
    expect(page).toMatchObject({
      total: expected.length,
      page: start / 3,
      outsideRange: model.matching(match).length - expected.length,
      all: model.leads.size,
      needsPhone: [...model.leads.keys()].filter((key) => key.startsWith('x:')).length,
    });
    expect(page.rows.map(({ key }) => key)).toEqual(expected.slice(start, start + 3));
  }

  function renamed(name: string): Workspace {
    const [first, ...others] = workspace.stages;
    const stages = first ? [{ ...first, name, order: 99 }, ...others] : [];
    const members = workspace.members.map((member) => ({ ...member, name: name + member.name }));
    return { ...workspace, stages, members };
  }

  it('stays right when more changes than it remembers', () => {
    const index = new LeadIndex(() => now);
    const model = new Model();
    const sort = by('c/city', '-createdAt');
    const match = { search: '1', sort };
    for (const round of [0, 1, 2]) {
      const records = Array.from({ length: 4000 }, (_, i) =>
        i % 7 === round
          ? emptyRecord(`+55119${10_000_000 + i}`)
          : record(`+55119${10_000_000 + i}`, { 'c/city': `C${(i * 7919 * (round + 1)) % 500}` }),
      );
      for (const some of [records.slice(0, 100), records.slice(100), records.slice(0, 50)]) {
        index.put(some);
        model.put(some);
        expect(index.keys(match, workspace)).toEqual(model.keys(match));
      }
    }
  });

  it('shows leads as rows, without what only filters look at', () => {
    const index = indexOf(record('+5511987654321', { name: 'Ana', 'tag/vip': true }));
    const { rows } = index.query(query(), workspace);
    expect(rows).toEqual([
      {
        key: '+5511987654321',
        phone: '',
        extension: '',
        name: 'Ana',
        state: { stage: 'new', status: 'open' },
        assignee: null,
        createdAt: now,
        updatedAt: now,
        custom: {},
      },
    ]);
  });

  it('says how many more match outside the range', () => {
    const index = indexOf(
      record('x:1', { name: 'Ana' }, now, now - 40 * DAY),
      record('x:2', { name: 'Ana' }),
      record('x:3', { name: 'Bea' }, now, now - 40 * DAY),
    );
    const last30 = { preset: 'last30' } as const;
    const page = index.query(query({ search: 'ana', created: last30 }), workspace);
    expect(page).toMatchObject({ total: 1, outsideRange: 1, all: 3 });
  });

  it('tells today anew after midnight, without a change', () => {
    let time = now;
    const index = new LeadIndex(() => time);
    index.put([record('x:1', {})]);
    const today = { match: 'all' as const, items: [{ field: 'createdAt', operator: 'today' }] };
    const match = { filter: today, created: { preset: 'today' } as const };
    expect(index.count(match, workspace)).toBe(1);
    time += DAY;
    expect(index.count({ filter: today }, workspace)).toBe(0);
    expect(index.count({ created: match.created }, workspace)).toBe(0);
  });

  it('finds by the name of a stage or member after a rename, and no more by the old one', () => {
    const index = indexOf(record('x:1', { assignee: 'm1' }));
    const match = (search: string, names = workspace) => index.count({ search }, names);
    expect(match('bea')).toBe(1);
    const members = [{ id: 'm1', name: 'Carla', email: '' }];
    index.forgetOrder();
    expect(match('bea', { ...workspace, members })).toBe(0);
    expect(match('carl new', { ...workspace, members })).toBe(1);
  });

  it('keeps pages apart: each lead stands on one, also where all sort alike', () => {
    const records = Array.from({ length: 25 }, (_, i) =>
      record(`x:${(i * 7) % 25}`, { name: 'A' }),
    );
    const index = indexOf(...records);
    const pages = [0, 1, 2].flatMap((page) => index.query(query({ page }), workspace).rows);
    expect(new Set(pages.map(({ key }) => key)).size).toBe(25);
  });

  it('puts blanks last in both directions', () => {
    const names = ['', 'Customer B', 'Customer A', 'b'];
    const index = indexOf(...names.map((name, i) => record(`x:${i}`, { name })));
    const order = (...sort: string[]) => index.keys({ sort: by(...sort) }, workspace);
    expect(order('name')).toEqual(['x:3', 'x:2', 'x:1', 'x:0']);
    expect(order('-name')).toEqual(['x:1', 'x:2', 'x:3', 'x:0']);
  });
});
