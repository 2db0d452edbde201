import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock, successor } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { canonicalRecord, deleteRecord, mergeRecords, setFields } from '../record/merge.ts';
import type { Rank, RecordState } from '../record/record.ts';
import { entryOf, shownValue } from '../record/record.ts';
import { applyIntake, type DuplicateMode, type Intake } from './intake.ts';
import { leadOf } from './lead.ts';

const node = 'aaaaaaaaaa';
const key = '+5511987654321';
const at = (ms: number) => formatClock(ms, 0, node);
const intake = (ms: number, mode: DuplicateMode = 'fillBlanks', id = `i${ms}`): Intake => ({
  id,
  clock: at(ms),
  mode,
  rank: 'machine',
  via: { source: 'import', at: ms, stage: 'new', assignee: null },
});
const take = (
  current: RecordState | undefined,
  values: Record<string, string>,
  from: Intake,
  seen = false,
) => applyIntake(current, { key, values }, from, seen, node);

describe('intake', () => {
  const first = take(undefined, { name: 'Ana', 'c/city': '' }, intake(1000));

  it('creates a lead, with stage and Created At from its via (L2)', () => {
    expect(first.outcome).toBe('created');
    expect(leadOf(first.record)).toMatchObject({
      key,
      name: 'Ana',
      createdAt: 1000,
      state: { stage: 'new', status: 'open' },
      assignee: null,
      custom: {},
    });
  });

  it('fills blanks of a lead that is there and never overwrites (L4)', () => {
    const second = take(first.record, { name: 'Other', 'c/city': 'Recife' }, intake(2000));
    expect(second.outcome).toBe('merged');
    expect(leadOf(second.record)).toMatchObject({
      name: 'Ana',
      createdAt: 1000,
      updatedAt: 2000,
      custom: { 'c/city': 'Recife' },
    });
  });

  it('changes nothing where a row brings nothing new (L4)', () => {
    const again = take(first.record, { name: 'Ana', 'c/city': ' '.trim() }, intake(2000));
    expect(again).toEqual({ outcome: 'unchanged', record: first.record });
  });

  it('brings a deleted lead back, also from a file that was begun before the deletion (D2)', () => {
    const dead = deleteRecord(first.record, at(5000), byTimeAloneIn('leads'));
    expect(leadOf(dead)).toBeUndefined();
    const back = take(dead, { name: 'Ana again' }, intake(4000));
    expect(back.outcome).toBe('created');
    expect(leadOf(back.record)).toMatchObject({ name: 'Ana again', createdAt: 4000 });
  });

  it('skips leads that are there, when asked to (L4)', () => {
    const skipped = take(first.record, { 'c/city': 'Recife' }, intake(2000, 'skip'));
    expect(skipped).toEqual({ outcome: 'skipped', record: first.record });
  });

  it('overwrites as a person, beyond the clocks it saw, when asked to (L4)', () => {
    const edited = setFields(
      first.record,
      { name: 'Ana Maria' },
      at(9000),
      'person',
      byTimeAloneIn('leads'),
    );
    const over = take(edited, { name: 'Ana P.' }, intake(2000, 'overwrite'));
    expect(over.outcome).toBe('merged');
    expect(shownValue(over.record, 'name')).toBe('Ana P.');
    const blank = take(edited, { name: '' }, intake(2000, 'overwrite'));
    expect(blank.outcome).toBe('unchanged');
  });

  it('takes the first value of rows of one phone in one file, in every mode (L5)', () => {
    for (const mode of ['fillBlanks', 'overwrite', 'skip'] as const) {
      const from = intake(1000, mode);
      const one = take(undefined, { name: 'Ana' }, from);
      const two = take(one.record, { name: 'Bea', 'c/city': 'Recife' }, from, true);
      expect(two.outcome).toBe('merged');
      expect(leadOf(two.record)).toMatchObject({ name: 'Ana', custom: { 'c/city': 'Recife' } });
    }
  });

  it('never changes what a person entered, whatever is imported in whatever order (M2)', () => {
    const names = fc.constantFrom('Ana', 'Bea', '');
    fc.assert(
      fc.property(fc.array(names, { maxLength: 5 }), fc.nat(5), (rows, when) => {
        let record = first.record;
        rows.forEach((name, i) => {
          if (i === Math.min(when, rows.length - 1)) record = edit(record);
          record = take(record, { name }, intake(2000 + i)).record;
        });
        expect(shownValue(edit(record), 'name')).toBe('By hand');
        if (rows.length > 0) expect(shownValue(record, 'name')).toBe('By hand');
      }),
    );
  });

  it('gives two laptops that import the same people offline the same leads (M1)', () => {
    const a = take(undefined, { name: 'Ana' }, intake(1000, 'fillBlanks', 'laptop-a')).record;
    const b = take(undefined, { name: 'Ana' }, intake(3000, 'fillBlanks', 'laptop-b')).record;
    const merged = mergeRecords(a, b, byTimeAloneIn('leads'));
    expect(leadOf(merged)).toMatchObject({ name: 'Ana', createdAt: 1000 });
  });

  it('never fills with a machine’s value what a person cleared; a person’s form does (L4)', () => {
    const cleared = setFields(
      first.record,
      { name: null },
      at(1500),
      'person',
      byTimeAloneIn('leads'),
    );
    const imported = take(cleared, { name: 'Ana' }, intake(2000));
    expect(imported).toEqual({ outcome: 'unchanged', record: cleared });
    const form = take(cleared, { name: 'Ana' }, { ...intake(2000), rank: 'person' });
    expect(form.outcome).toBe('merged');
    expect(shownValue(form.record, 'name')).toBe('Ana');
  });

  it('fills with a machine’s value what a machine withdrew (L4)', () => {
    const withdrawn = setFields(
      first.record,
      { name: null },
      at(1500),
      'machine',
      byTimeAloneIn('leads'),
    );
    expect(leadOf(take(withdrawn, { name: 'Bea' }, intake(2000)).record)?.name).toBe('Bea');
  });

  it('by a person stamps values as a person’s beyond what it saw, the via as a machine’s (L2) (L4)', () => {
    const form: Intake = { ...intake(500), rank: 'person' };
    const { record } = take(first.record, { name: 'Other', 'c/city': 'Recife' }, form);
    expect(shownValue(record, 'name')).toBe('Ana');
    expect(entryOf(record, 'c/city', 'person')?.clock).toBe(successor(at(1000), node));
    expect(entryOf(record, 'via/i500', 'machine')).toBeDefined();
    expect(Object.keys(record.person.values)).toEqual(['c/city']);
    expect(canonicalRecord(record, byTimeAloneIn('leads'))).toStrictEqual(record);
    const fresh = take(undefined, { name: 'Ana' }, form);
    expect(fresh.outcome).toBe('created');
    expect(entryOf(fresh.record, 'name', 'person')?.clock).toBe(form.clock);
  });

  it('keeps what a person wrote to a deleted lead, when a form brings it back (D2) (L4)', () => {
    const rules = byTimeAloneIn('leads');
    const dead = deleteRecord(first.record, at(5000), rules);
    const late = setFields(dead, { name: 'late' }, at(6000), 'person', rules);
    const back = take(
      late,
      { name: 'Form', 'c/city': 'Recife' },
      { ...intake(7000), rank: 'person' },
    );
    expect(back.outcome).toBe('created');
    expect(leadOf(back.record)).toMatchObject({ name: 'late', custom: { 'c/city': 'Recife' } });
  });

  it('stamps all rows of a file with its one clock (L5)', () => {
    const from = intake(1000);
    const one = take(undefined, { name: 'Ana' }, from).record;
    const two = take(one, { 'c/city': 'Recife' }, from, true).record;
    expect(two.machine.clock).toEqual({ '*': from.clock });
  });

  it('counts each row once, by what became of it (L6)', () => {
    const rows = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('', 'Ana', 'Bea') }),
    );
    const modes = fc.constantFrom<DuplicateMode>('fillBlanks', 'overwrite', 'skip');
    fc.assert(
      fc.property(
        rows,
        rows,
        modes,
        fc.constantFrom<Rank>('person', 'machine'),
        (old, file, mode, rank) => {
          const records = new Map<string, RecordState>();
          const importFile = (of: typeof file, from: Intake) => {
            const seen = new Set<string>();
            return of.map(({ key: id, name }) => {
              const before = records.get(id);
              const { outcome, record } = applyIntake(
                before,
                { key: id, values: { name } },
                from,
                seen.has(id),
                node,
              );
              seen.add(id);
              records.set(id, record);
              expect(outcome === 'created').toBe(before === undefined);
              if (outcome === 'unchanged' || outcome === 'skipped') expect(record).toBe(before);
              else expect(record).not.toEqual(before);
              if (before)
                expect(mergeRecords(record, before, byTimeAloneIn('leads'))).toEqual(record);
              return outcome;
            });
          };
          importFile(old, intake(1));
          const outcomes = importFile(file, { ...intake(2, mode), rank });
          const count = (of: string) => outcomes.filter((outcome) => outcome === of).length;
          expect(file.length).toBe(
            count('created') + count('merged') + count('unchanged') + count('skipped'),
          );
          if (mode !== 'skip') expect(count('skipped')).toBe(0);
        },
      ),
    );
  });

  function edit(record: RecordState): RecordState {
    return setFields(record, { name: 'By hand' }, at(1500), 'person', byTimeAloneIn('leads'));
  }
});

describe('lead', () => {
  it('is none until something brought it in (L2)', () => {
    expect(
      leadOf({ ...take(undefined, {}, intake(1)).record, machine: { values: {}, clock: {} } }),
    ).toBeUndefined();
  });
});
