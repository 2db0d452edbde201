import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRecord, mergeAll, testByTimeAlone } from './arbitraries.ts';
import { formatClock, greaterClock } from './clock.ts';
import { byTimeAloneIn } from './collections.ts';
import { canonicalJson } from './json.ts';
import {
  canonicalRecord,
  changedFields,
  deleteRecord,
  mergeRecords,
  recordsEqual,
  setFields,
} from './merge.ts';
import { emptyRecord, greatestClock, layerClock, recordSchema, shownValue } from './record.ts';

const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));
const leads = byTimeAloneIn('leads');

describe('merge', () => {
  it('is commutative, deep-equal in both orders (M1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        expect(mergeRecords(a, b, testByTimeAlone)).toStrictEqual(
          mergeRecords(b, a, testByTimeAlone),
        );
      }),
    );
  });

  it('is associative (M1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, arbitraryRecord, (a, b, c) => {
        expect(mergeAll([mergeAll([a, b]), c])).toStrictEqual(mergeAll([a, mergeAll([b, c])]));
      }),
    );
  });

  it('is idempotent (M1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        const merged = mergeRecords(a, b, testByTimeAlone);
        expect(mergeRecords(merged, a, testByTimeAlone)).toStrictEqual(merged);
        expect(mergeRecords(merged, merged, testByTimeAlone)).toStrictEqual(merged);
      }),
    );
  });

  it('gives one canonical form, whatever the order and grouping (M1) (R2)', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRecord, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        (records, order) => {
          const shuffled = records
            .map((record, i) => ({ record, rank: order[i] ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ record }) => record);
          const merged = mergeAll(records);
          expect(JSON.stringify(mergeAll(shuffled))).toBe(JSON.stringify(merged));
          expect(canonicalRecord(merged, testByTimeAlone)).toStrictEqual(merged);
        },
      ),
    );
  });

  it('makes records that the wire schema takes, and that survive JSON (R1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const text = JSON.stringify(record);
        expect(JSON.stringify(recordSchema.parse(JSON.parse(text)))).toBe(text);
      }),
    );
  });

  it('keeps the greatest clock of all', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        const merged = greatestClock(mergeRecords(a, b, testByTimeAlone)) ?? '';
        expect(merged).toBe(greaterClock(greatestClock(a) ?? '', greatestClock(b) ?? ''));
      }),
    );
  });

  it('shows a person’s value although a machine’s is later (M2)', () => {
    const person = setFields(emptyRecord('r'), { name: 'Ana' }, at(1), 'person', leads);
    const machine = setFields(emptyRecord('r'), { name: 'ANA P.' }, at(9), 'machine', leads);
    const merged = mergeRecords(machine, person, leads);
    expect(shownValue(merged, 'name')).toBe('Ana');
    expect(merged.machine.values).toEqual({ name: 'ANA P.' });
  });

  it('lets state and assignee go by time alone, and keeps one entry (M3)', () => {
    const person = setFields(emptyRecord('r'), { assignee: 'm1' }, at(1), 'person', leads);
    const machine = setFields(emptyRecord('r'), { assignee: 'm2' }, at(2), 'machine', leads);
    const merged = mergeRecords(person, machine, leads);
    expect(shownValue(merged, 'assignee')).toBe('m2');
    expect(merged.person).toEqual({ values: {}, clock: {} });
  });

  it('settles equal clocks by canonical JSON, whatever order a database gave the keys (M1)', () => {
    const a = setFields(emptyRecord('r'), { v: { x: 1, y: 2 } }, at(1), 'person', leads);
    const b = setFields(emptyRecord('r'), { v: { y: 2, x: 1 } }, at(1), 'person', leads);
    expect(recordsEqual(a, b)).toBe(true);
    const c = setFields(emptyRecord('r'), { v: 'z' }, at(1), 'person', leads);
    expect(shownValue(mergeRecords(a, c, leads), 'v')).toEqual(
      canonicalJson('z') > canonicalJson({ x: 1, y: 2 }) ? 'z' : { x: 1, y: 2 },
    );
  });

  it('keeps clocks compact: the most frequent is the base, ties go to the greatest (R2)', () => {
    let record = setFields(emptyRecord('r'), { a: 1, b: 2 }, at(1), 'person', leads);
    record = setFields(record, { c: 3 }, at(2), 'person', leads);
    expect(record.person.clock).toEqual({ '*': at(1), c: at(2) });
    record = setFields(record, { d: 4 }, at(2), 'person', leads);
    expect(record.person.clock).toEqual({ '*': at(2), a: at(1), b: at(1) });
    expect(layerClock(record.person, 'b')).toBe(at(1));
  });

  it('tells a cleared field from one that was never set (R3)', () => {
    const record = setFields(emptyRecord('r'), { name: null }, at(1), 'person', leads);
    expect(shownValue(record, 'name')).toBeNull();
    expect(shownValue(record, 'c/email')).toBeUndefined();
    expect(shownValue(record, 'toString')).toBeUndefined();
  });

  it('says which shown values changed', () => {
    const before = setFields(emptyRecord('r'), { name: 'A', x: 1 }, at(1), 'person', leads);
    const after = setFields(before, { name: 'B', y: 2 }, at(2), 'person', leads);
    expect(changedFields(before, after).sort()).toEqual(['name', 'y']);
    const hidden = setFields(after, { name: 'C' }, at(3), 'machine', leads);
    expect(changedFields(after, hidden)).toEqual([]);
  });

  it('drops what is not later than a deletion, whatever the order, and keeps what is (D1)', () => {
    let record = setFields(emptyRecord('r'), { name: 'A', 'via/1': 1 }, at(1), 'person', leads);
    record = setFields(record, { name: 'B' }, at(3), 'machine', leads);
    const dead = deleteRecord(record, at(2), leads);
    expect(dead).toEqual({
      id: 'r',
      person: { values: {}, clock: {} },
      machine: { values: { name: 'B' }, clock: { '*': at(3) } },
      died: at(2),
    });
    expect(mergeRecords(record, dead, leads)).toEqual(dead);
    const edited = setFields(dead, { name: 'late' }, at(2), 'person', leads);
    expect(edited).toEqual(dead);
  });

  it('refuses to merge different records', () => {
    expect(() => mergeRecords(emptyRecord('a'), emptyRecord('b'), leads)).toThrow();
  });
});

describe('record schema', () => {
  const good = setFields(emptyRecord('r'), { a: 1 }, at(1), 'person', leads);

  it.each([
    [
      'a prototype key',
      { ...good, person: { values: JSON.parse('{"__proto__":1}'), clock: { '*': at(1) } } },
    ],
    ['a field called *', { ...good, person: { values: { '*': 1 }, clock: { '*': at(1) } } }],
    ['a malformed clock', { ...good, person: { values: { a: 1 }, clock: { '*': 'now' } } }],
    ['a field without clock', { ...good, person: { values: { a: 1 }, clock: {} } }],
    ['a clock without field', { ...good, person: { values: {}, clock: { b: at(1) } } }],
    ['an unknown key', { ...good, extra: 1 }],
    ['an endless id', { ...good, id: 'x'.repeat(101) }],
    [
      'too many fields',
      {
        ...good,
        person: {
          values: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, i])),
          clock: { '*': at(1) },
        },
      },
    ],
  ])('refuses %s (R1) (R4)', (_, record) => {
    expect(recordSchema.safeParse(record).success).toBe(false);
  });
});
