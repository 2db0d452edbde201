import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, formatClock, successor } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { baseOf, findConflicts } from '../record/conflicts.ts';
import { canonicalRecord, mergeRecords, setFields } from '../record/merge.ts';
import {
  clockBeyondAll,
  emptyRecord,
  entryOf,
  fieldsOf,
  greatestClock,
  type Rank,
  type RecordState,
  shownValue,
} from '../record/record.ts';
import { undoWritten, writtenBetween } from '../record/undo.ts';
import { deleteLead, restoreLead } from './deletion.ts';
import { applyIntake } from './intake.ts';
import { leadOf } from './lead.ts';
import { correctionOf, correctNumber, lateEdits, moveTo, withNumber } from './numbers.ts';

const leads = byTimeAloneIn('leads');
const WRONG = '+5511987654321';
const RIGHT = '+5511987654322';
const number = { key: RIGHT, text: '11 98765-4322', extension: '' };
const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));
const edit = (
  record: RecordState,
  values: Parameters<typeof setFields>[1],
  clock: Clock,
  rank: Rank = 'person',
) => setFields(record, values, clock, rank, leads);
const merge = (a: RecordState, b: RecordState) => mergeRecords(a, b, leads);

function bringIn(
  current: RecordState | undefined,
  key: string,
  ms: number,
  values: Record<string, string>,
) {
  const via = { source: 'form', at: ms, stage: 'new', assignee: null } as const;
  const intake = {
    id: `i${ms}`,
    via,
    clock: at(ms, 'i'),
    mode: 'fillBlanks',
    rank: 'machine',
  } as const;
  return applyIntake(current, { key, values }, intake, false, 'iiiiiiiiii').record;
}

const wrong = edit(
  bringIn(undefined, WRONG, 1, { name: 'ANA', phone: '11 98765-4321', ext: '7' }),
  { name: 'Ana', state: { stage: 'won', status: 'closed' } },
  at(10),
);
const corrected = correctNumber(wrong, undefined, number, at(50));

describe('a number typed wrong', () => {
  it('gives its values to the right one, with their clocks and ranks (N3)', () => {
    for (const field of ['name', 'state', 'via/i1'] as const) {
      for (const rank of ['person', 'machine'] as const)
        expect(entryOf(corrected.right, field, rank)).toEqual(entryOf(wrong, field, rank));
    }
    expect(leadOf(corrected.right)).toMatchObject({
      key: RIGHT,
      phone: '11 98765-4322',
      extension: '',
      name: 'Ana',
      createdAt: 1,
      state: { stage: 'won' },
    });
  });

  it('dies and says where its values went, both records canonical (N3) (R2)', () => {
    expect(leadOf(corrected.wrong)).toBeUndefined();
    expect(correctionOf(corrected.wrong)).toBe(RIGHT);
    expect(fieldsOf(corrected.wrong)).toEqual(['correctedTo']);
    for (const record of Object.values(corrected))
      expect(canonicalRecord(record, leads)).toStrictEqual(record);
  });

  it('merges into a lead that the right number has: the later value shows (N3)', () => {
    const there = edit(
      bringIn(undefined, RIGHT, 5, { 'c/city': 'Lima' }),
      { name: 'Old', 'c/note': 'kept' },
      at(7),
    );
    const { right } = correctNumber(wrong, there, number, at(50));
    expect(leadOf(right)).toMatchObject({
      name: 'Ana',
      createdAt: 1,
      custom: { 'c/city': 'Lima', 'c/note': 'kept' },
    });
    const later = edit(there, { name: 'Newer' }, at(20));
    expect(leadOf(correctNumber(wrong, later, number, at(50)).right)?.name).toBe('Newer');
  });

  it('loses no value where the right number was deleted earlier (N3) (D1)', () => {
    const deleted = deleteLead(bringIn(undefined, RIGHT, 5, { name: 'Buried' }), at(30));
    const { right } = correctNumber(wrong, deleted, number, at(50));
    expect(leadOf(right)).toMatchObject({ name: 'Ana', createdAt: 1, state: { stage: 'won' } });
    expect(entryOf(right, 'name', 'machine')?.value).toBe('ANA');
    expect(merge(right, deleted)).toStrictEqual(right);
  });

  it('overwrites nothing that was written after the right number was deleted (N3)', () => {
    const deleted = deleteLead(emptyRecord(RIGHT), at(30));
    const revived = edit(
      bringIn(deleted, RIGHT, 35, { 'c/city': 'Lima' }),
      { name: 'Newer', state: { stage: 'lost', status: 'closed' } },
      at(40),
    );
    const { right } = correctNumber(wrong, revived, number, at(50));
    expect(leadOf(right)).toMatchObject({
      name: 'Newer',
      state: { stage: 'lost' },
      custom: { 'c/city': 'Lima' },
      createdAt: 1,
    });
  });

  it('corrected by two at once is one lead (N3) (M1)', () => {
    const there = correctNumber(wrong, undefined, number, at(60, 'b'));
    const [one, two] = [merge(corrected.right, there.right), merge(there.right, corrected.right)];
    expect(one).toStrictEqual(two);
    expect(leadOf(one)).toMatchObject({ name: 'Ana', createdAt: 1 });
    const dead = merge(corrected.wrong, there.wrong);
    expect(dead).toStrictEqual(merge(there.wrong, corrected.wrong));
    expect(correctionOf(dead)).toBe(RIGHT);
    expect(lateEdits(dead)).toEqual({});
  });

  it('corrected to two numbers at once loses nothing: both show the values (N3)', () => {
    const other = { ...number, key: '+5511987654323' };
    const there = correctNumber(wrong, undefined, other, at(60, 'b'));
    expect(correctionOf(merge(corrected.wrong, there.wrong))).toBe(other.key);
    for (const { right } of [corrected, there]) expect(leadOf(right)?.name).toBe('Ana');
  });

  it('offers what a person entered for it later, not knowing (N4)', () => {
    const unknowing = edit(wrong, { 'c/note': 'call back', name: 'Ana M.' }, at(70, 'b'));
    const merged = merge(corrected.wrong, unknowing);
    expect(merge(unknowing, corrected.wrong)).toStrictEqual(merged);
    expect(leadOf(merged)).toBeUndefined();
    expect(correctionOf(merged)).toBe(RIGHT);
    expect(lateEdits(merged)).toEqual({ 'c/note': 'call back', name: 'Ana M.' });
    expect(lateEdits(corrected.wrong)).toEqual({});
    expect(lateEdits(wrong)).toEqual({});
  });

  it('keeps as a conflict what a person entered for it before, unseen (N4) (K3)', () => {
    const unseen = edit(wrong, { name: 'Ana M.' }, at(40, 'b'));
    const found = findConflicts(
      corrected.wrong,
      unseen,
      baseOf(unseen, wrong),
      () => undefined,
      leads,
    );
    expect(found.map(({ field, lost }) => [field, lost.value])).toEqual([['name', 'Ana M.']]);
    expect(lateEdits(merge(corrected.wrong, unseen))).toEqual({});
  });

  it('is free for its true owner, who has nothing of the other (N3)', () => {
    const owner = bringIn(corrected.wrong, WRONG, 80, { name: 'Zoe', phone: '11 98765-4321' });
    expect(leadOf(owner)).toMatchObject({ key: WRONG, name: 'Zoe', createdAt: 80, custom: {} });
    expect(leadOf(owner)?.state).toEqual({ stage: 'new', status: 'open' });
    expect(correctionOf(owner)).toBeUndefined();
    expect(lateEdits(edit(owner, { name: 'Zoë' }, at(90)))).toEqual({});
    expect(canonicalRecord(owner, leads)).toStrictEqual(owner);
    expect(merge(merge(wrong, owner), corrected.wrong)).toStrictEqual(owner);
  });

  it('written otherwise, but with the same key, does not die (N3)', () => {
    const same = correctNumber(wrong, wrong, { ...number, key: WRONG }, at(50));
    expect(same.right).toEqual(same.wrong);
    expect(leadOf(same.right)).toMatchObject({ key: WRONG, name: 'Ana', phone: number.text });
  });

  it('comes back when the correction is undone, and the right lead is as it was (U1)', () => {
    const there = edit(bringIn(undefined, RIGHT, 5, {}), { name: 'Old' }, at(7));
    const done = correctNumber(wrong, there, number, at(50));
    const restored = restoreLead(done.wrong, wrong, 'undo-1', at(60));
    expect(leadOf(restored)).toEqual({ ...leadOf(wrong), updatedAt: 60 });
    expect(correctionOf(restored)).toBeUndefined();
    const back = undoWritten(done.right, writtenBetween(there, done.right), 'aaaaaaaaaa', leads);
    expect(back.kept).toEqual([]);
    expect(leadOf(back.record)).toMatchObject({ name: 'Old', createdAt: 5, phone: '' });
    const fresh = undoWritten(
      corrected.right,
      writtenBetween(undefined, corrected.right),
      'aaaaaaaaaa',
      leads,
    );
    expect(leadOf(fresh.record)).toBeUndefined();
  });

  it('loses nothing that a person entered in either record, whatever was deleted before (N3)', () => {
    const writes = fc.array(
      fc.tuple(
        fc.constantFrom('name', 'c/city', 'state'),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<Rank>('person', 'machine'),
      ),
      { maxLength: 6 },
    );
    const build = (key: string, of: [string, number, Rank][], died: number | undefined) => {
      let record = emptyRecord(key);
      of.forEach(([field, ms, rank], i) => {
        record = edit(record, { [field]: `${key} ${i}` }, at(ms, key === RIGHT ? 'b' : 'a'), rank);
        if (i === 2 && died !== undefined) record = deleteLead(record, at(died, 'd'));
      });
      return record;
    };
    const death = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
    fc.assert(
      fc.property(writes, writes, death, death, (a, b, diedA, diedB) => {
        const from = build(WRONG, a, diedA);
        const there = build(RIGHT, b, diedB);
        const clock = clockBeyondAll(at(1), 'aaaaaaaaaa', [from, there]);
        const { wrong: dead, right } = correctNumber(from, there, number, clock);
        for (const field of new Set([...fieldsOf(from), ...fieldsOf(there)])) {
          const candidates = [from, there].map((record) => entryOf(record, field, 'person'));
          const person = entryOf(right, field, 'person') ?? entryOf(right, field, 'machine');
          if (!candidates.some(Boolean)) continue;
          if (!leads(field))
            expect(candidates.map((entry) => entry?.value)).toContain(person?.value);
          // What the right record says after its deletion stays, unless the other is later.
          const mine = entryOf(there, field, 'person');
          if (mine && !leads(field) && person?.value !== mine.value)
            expect((entryOf(from, field, 'person')?.clock ?? '') > mine.clock).toBe(true);
        }
        for (const record of [dead, right])
          expect(canonicalRecord(record, leads)).toStrictEqual(record);
        expect(merge(right, there)).toStrictEqual(right);
        expect(merge(dead, from)).toStrictEqual(dead);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a new number', () => {
  it('is written by a person, and its extension is gone with the old one (N1)', () => {
    const record = withNumber(bringIn(undefined, RIGHT, 1, { ext: '7' }), number, at(5));
    expect(leadOf(record)).toMatchObject({ phone: number.text, extension: '' });
    const extended = withNumber(record, { ...number, extension: '12' }, at(6));
    expect(leadOf(extended)?.extension).toBe('12');
  });

  it('changes one field of the old record, and clearing it goes back (N1)', () => {
    const moved = moveTo(wrong, RIGHT, at(20));
    expect(shownValue(moved, 'movedTo')).toBe(RIGHT);
    expect(leadOf(moved)).toEqual({ ...leadOf(wrong), updatedAt: 20 });
    expect(shownValue(moveTo(moved, null, at(30)), 'movedTo')).toBeNull();
  });
});

describe('a clock beyond all', () => {
  it('is greater than every clock in the records, and no greater than it must be', () => {
    const empty = emptyRecord('x');
    expect(clockBeyondAll(at(5), 'aaaaaaaaaa', [undefined, empty])).toBe(at(5));
    expect(clockBeyondAll(at(60), 'aaaaaaaaaa', [wrong, corrected.right])).toBe(at(60));
    const beyond = clockBeyondAll(at(5), 'aaaaaaaaaa', [wrong, corrected.wrong]);
    const greatest = greatestClock(corrected.wrong) ?? '';
    expect(beyond).toBe(successor(greatest, 'aaaaaaaaaa'));
    expect(clockBeyondAll(greatest, 'aaaaaaaaaa', [corrected.wrong]) > greatest).toBe(true);
  });
});
