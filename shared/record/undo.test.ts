import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRecord, testByTimeAlone } from './arbitraries.ts';
import { ClockSource, formatClock, successor } from './clock.ts';
import { type Json, jsonEquals } from './json.ts';
import { canonicalRecord, deleteRecord, mergeRecords, setFields } from './merge.ts';
import {
  emptyRecord,
  entryOf,
  fieldsOf,
  greatestClock,
  RANKS,
  type Rank,
  type RecordState,
  shownValue,
} from './record.ts';
import { followUndo, undoWritten, type Written, writtenBetween, writtenSchema } from './undo.ts';

const ME = 'aaaaaaaaaa';
const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));
const set = (
  record: RecordState,
  values: Parameters<typeof setFields>[1],
  ms: number,
  { node = 'a', rank = 'person' as Rank } = {},
) => setFields(record, values, at(ms, node), rank, testByTimeAlone);
const undo = (current: RecordState, before: RecordState | undefined, after: RecordState) =>
  undoWritten(current, writtenBetween(before, after), ME, testByTimeAlone);
const shownOf = (record: RecordState) =>
  Object.fromEntries(fieldsOf(record).map((id) => [id, shownValue(record, id) ?? null]));

const start = set(emptyRecord('r'), { name: 'Ana', 'c/city': 'Lima' }, 1, { node: 'z' });

describe('undo', () => {
  it('writes what showed before, at the same rank, with the successor of the clock (U1)', () => {
    const edited = set(start, { name: 'Bea' }, 10);
    const { record, taken, kept } = undo(edited, start, edited);
    expect(entryOf(record, 'name', 'person')).toEqual({
      value: 'Ana',
      clock: successor(at(10), ME),
      rank: 'person',
    });
    expect({ taken, kept }).toEqual({ taken: ['name'], kept: [] });
    expect(shownValue(record, 'c/city')).toBe('Lima');
  });

  it('takes back only its own, and says what others changed since (U2)', () => {
    const edited = set(start, { name: 'Bea', 'c/city': 'Cusco' }, 10);
    const now = set(edited, { name: 'Carla' }, 20, { node: 'b' });
    const { record, taken, kept } = undo(now, start, edited);
    expect(shownOf(record)).toEqual({ name: 'Carla', 'c/city': 'Lima' });
    expect({ taken, kept }).toEqual({ taken: ['c/city'], kept: ['name'] });
  });

  it('counts as changed by nobody what shows the former value already (U2)', () => {
    const edited = set(start, { name: 'Bea' }, 10);
    const now = set(edited, { name: 'Ana' }, 20, { node: 'b' });
    expect(undo(now, start, edited)).toMatchObject({ record: now, taken: [], kept: [] });
  });

  it('gives way to a later edit that was not seen yet (U1)', () => {
    const edited = set(start, { name: 'Bea' }, 10);
    const { record } = undo(edited, start, edited);
    const unseen = set(edited, { name: 'Carla' }, 20, { node: 'b' });
    const merged = mergeRecords(record, unseen, testByTimeAlone);
    expect(shownValue(merged, 'name')).toBe('Carla');
    expect(mergeRecords(unseen, record, testByTimeAlone)).toStrictEqual(merged);
  });

  it('of an edit over a machine’s value shows that value again (U1)', () => {
    const imported = set(emptyRecord('r'), { name: 'ANA' }, 1, { rank: 'machine' });
    const edited = set(imported, { name: 'Bea' }, 10);
    expect(shownValue(undo(edited, imported, edited).record, 'name')).toBe('ANA');
  });

  it('of an import leaves what a person wrote over it, and the import’s own goes (U2)', () => {
    const imported = set(start, { name: 'ANA', 'c/zip': '1' }, 10, { rank: 'machine' });
    const now = set(imported, { 'c/zip': '2' }, 20, { node: 'b' });
    const { record, kept } = undo(now, start, imported);
    expect(shownOf(record)).toEqual({ name: 'Ana', 'c/city': 'Lima', 'c/zip': '2' });
    expect(kept).toEqual(['c/zip']);
  });

  it('of one change that wrote a field at both ranks says nobody changed it since (U2)', () => {
    const both = set(set(emptyRecord('r'), { name: 'Ana' }, 10), { name: 'ANA' }, 10, {
      rank: 'machine',
    });
    const { record, kept, taken } = undo(both, undefined, both);
    expect(shownOf(record)).toEqual({ name: null });
    expect({ kept, taken }).toEqual({ kept: [], taken: ['name'] });
  });

  it('of a state that went from a person to a machine by time brings the person’s back (U1)', () => {
    const before = set(emptyRecord('r'), { state: 'won' }, 1);
    const after = set(before, { state: 'new' }, 10, { rank: 'machine' });
    const { record, taken } = undo(after, before, after);
    expect(shownValue(record, 'state')).toBe('won');
    expect(taken).toEqual(['state']);
  });

  it('of a change that a deletion buried does nothing (U2)', () => {
    const edited = set(start, { name: 'Bea' }, 10);
    const dead = deleteRecord(edited, at(20, 'b'), testByTimeAlone);
    expect(undo(dead, start, edited).record).toBe(dead);
  });

  it('can be undone itself, and that too: redo (U1) (U2)', () => {
    const edited = set(start, { name: 'Bea', 'c/new': 1 }, 10);
    const undone = undo(edited, start, edited).record;
    const redone = undo(undone, edited, undone).record;
    expect(shownOf(redone)).toEqual(shownOf(edited));
    const again = undo(redone, undone, redone).record;
    expect(shownOf(again)).toEqual(shownOf(undone));
  });

  it('of two edits of one field goes back over both, but not over somebody’s between (U1) (U2)', () => {
    const first = set(start, { name: 'Bea' }, 10);
    const second = set(first, { name: 'Carla' }, 20);
    const back = undo(second, first, second);
    const rest = followUndo(writtenBetween(start, first), back.restored);
    const all = undoWritten(back.record, rest, ME, testByTimeAlone);
    expect(shownOf(all.record)).toEqual(shownOf(start));

    const theirs = set(first, { name: 'Theirs' }, 15, { node: 'b' });
    const mine = set(theirs, { name: 'Carla' }, 20);
    const once = undo(mine, theirs, mine);
    expect(shownValue(once.record, 'name')).toBe('Theirs');
    const older = followUndo(writtenBetween(start, first), once.restored);
    expect(undoWritten(once.record, older, ME, testByTimeAlone)).toMatchObject({
      record: once.record,
      kept: ['name'],
    });
  });

  it('on two laptops at once converges to the same value (U1) (M1)', () => {
    const edited = set(start, { name: 'Bea' }, 10);
    const written = writtenBetween(start, edited);
    const [one, two] = ['aaaaaaaaaa', 'bbbbbbbbbb'].map(
      (node) => undoWritten(edited, written, node, testByTimeAlone).record,
    );
    if (!one || !two) throw new Error('unreachable');
    const merged = mergeRecords(one, two, testByTimeAlone);
    expect(mergeRecords(two, one, testByTimeAlone)).toStrictEqual(merged);
    expect(shownOf(merged)).toEqual(shownOf(start));
  });
});

const arbitraryChange = fc.record({
  values: fc.dictionary(
    fc.constantFrom('name', 'state', 'c/email'),
    fc.constantFrom('x', 'y', null),
    { minKeys: 1 },
  ),
  rank: fc.constantFrom<Rank>('person', 'machine'),
});

describe('undo of anything', () => {
  it('shows again what showed before, canonical, and names each field it took back (U1) (R2)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryChange, (before, { values, rank }) => {
        const after = setFields(before, values, at(9), rank, testByTimeAlone);
        const { record, taken, kept } = undo(after, before, after);
        for (const field of fieldsOf(record))
          expect(shownValue(record, field) ?? null).toEqual(shownValue(before, field) ?? null);
        expect(kept).toEqual([]);
        for (const field of Object.keys(shownDifferences(before, after)))
          expect(taken).toContain(field);
        expect(canonicalRecord(record, testByTimeAlone)).toStrictEqual(record);
      }),
    );
  });

  it('never changes what is not the change’s own (U2)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, arbitraryRecord, (before, change, other) => {
        const after = mergeRecords(before, change, testByTimeAlone);
        const now = mergeRecords(after, other, testByTimeAlone);
        const { record, taken } = undo(now, before, after);
        for (const field of fieldsOf(now)) {
          if (taken.includes(field)) continue;
          for (const rank of RANKS)
            expect(entryOf(record, field, rank)).toEqual(entryOf(now, field, rank));
        }
        for (const { field, rank, clock } of writtenBetween(before, after)) {
          const entry = entryOf(now, field, rank);
          if (entry && entry.clock !== clock && rank === 'person')
            expect(entryOf(record, field, rank)).toEqual(entry);
        }
      }),
    );
  });

  it('converges with whatever was written meanwhile, in any order (M1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryChange, arbitraryRecord, (before, change, other) => {
        const after = setFields(before, change.values, at(9), change.rank, testByTimeAlone);
        const { record } = undo(after, before, after);
        const merge = (a: RecordState, b: RecordState) => mergeRecords(a, b, testByTimeAlone);
        const expected = merge(record, other);
        expect(merge(other, record)).toStrictEqual(expected);
        expect(merge(merge(other, after), record)).toStrictEqual(expected);
        expect(merge(merge(record, after), merge(other, before))).toStrictEqual(expected);
      }),
    );
  });

  it('in reverse order goes back all the way, and redo forward again (U1)', () => {
    fc.assert(
      fc.property(arbitraryRecord, fc.array(arbitraryChange, { maxLength: 6 }), (from, changes) => {
        const stack = new Stack(from);
        const states = [from];
        for (const { values, rank } of changes) {
          // A machine does not write over a person.
          const news = Object.entries(values).filter(
            ([field]) => rank === 'person' || !entryOf(stack.record, field, 'person'),
          );
          stack.write(Object.fromEntries(news), rank);
          states.push(stack.record);
        }
        for (const before of states.slice(0, -1).reverse()) {
          stack.move('undos', 'redos');
          expect(shownDifferences(before, stack.record)).toEqual({});
        }
        for (const after of states.slice(1)) {
          stack.move('redos', 'undos');
          expect(shownDifferences(after, stack.record)).toEqual({});
        }
      }),
    );
  });

  it('is of changes that survive JSON', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (before, change) => {
        const written = writtenBetween(before, mergeRecords(before, change, testByTimeAlone));
        const read = JSON.parse(JSON.stringify(written));
        expect(read.map((item: unknown) => writtenSchema.parse(item))).toEqual(written);
      }),
    );
  });
});

describe('differences', () => {
  it('are of what shows, not of clocks or ranks', () => {
    const hidden = set(start, { name: 'ANA' }, 20, { rank: 'machine' });
    expect(shownDifferences(start, hidden)).toEqual({});
    expect(shownDifferences(start, set(start, { name: 'Ana', x: null }, 20))).toEqual({});
    expect(shownDifferences(start, set(start, { name: 'Bea' }, 20))).toEqual({
      name: { before: 'Ana', after: 'Bea' },
    });
  });
});

/** What somebody did and took back, as the app keeps it. */
class Stack {
  private undos: (readonly Written[])[] = [];
  private redos: (readonly Written[])[] = [];
  private readonly clocks = new ClockSource(ME, () => 9);

  constructor(public record: RecordState) {}

  write(values: Record<string, Json>, rank: Rank): void {
    const before = this.record;
    this.take(setFields(before, values, this.clocks.now(), rank, testByTimeAlone));
    this.undos.push(writtenBetween(before, this.record));
  }

  move(from: 'undos' | 'redos', to: 'undos' | 'redos'): void {
    const before = this.record;
    const { record, restored } = undoWritten(before, this[from].pop() ?? [], ME, testByTimeAlone);
    this.take(record);
    this.undos = this.undos.map((written) => followUndo(written, restored));
    this.redos = this.redos.map((written) => followUndo(written, restored));
    this[to].push(writtenBetween(before, record));
  }

  private take(record: RecordState): void {
    this.record = record;
    this.clocks.observe(greatestClock(record) ?? at(0));
  }
}

/** The values that two states of a record show differently, by field; null where cleared or unset. */
function shownDifferences(
  before: RecordState,
  after: RecordState,
): Record<string, { before: Json; after: Json }> {
  const fields = new Set([...fieldsOf(before), ...fieldsOf(after)]);
  return Object.fromEntries(
    [...fields].flatMap((field) => {
      const was = shownValue(before, field) ?? null;
      const is = shownValue(after, field) ?? null;
      return jsonEquals(was, is) ? [] : [[field, { before: was, after: is }] as const];
    }),
  );
}
