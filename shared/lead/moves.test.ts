import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { canonicalRecord, deleteRecord, mergeRecords, setFields } from '../record/merge.ts';
import { emptyRecord, type Rank, type RecordState, shownValue } from '../record/record.ts';
import { type Move, MoveGraph, mergeMoved, moveOf } from './moves.ts';
import { moveTo } from './numbers.ts';

const at = (ms: number) => formatClock(ms, 0, 'aaaaaaaaaa');
const rules = byTimeAloneIn('leads');

function graphOf(moves: [from: string, to: string, ms: number][]): MoveGraph {
  const graph = new MoveGraph();
  for (const [from, to, ms] of moves) graph.set(from, { to, clock: at(ms) });
  return graph;
}

describe('moves', () => {
  it('lead along a chain to its end, which collects all that lead to it (N2)', () => {
    const graph = graphOf([
      ['a', 'b', 1],
      ['b', 'c', 2],
      ['x', 'b', 3],
    ]);
    for (const id of ['a', 'b', 'c', 'x']) expect(graph.rootOf(id)).toBe('c');
    expect(graph.membersOf('c').sort()).toEqual(['a', 'b', 'c', 'x']);
    expect(graph.rootOf('other')).toBe('other');
  });

  it('ignore the move with the least clock of a loop, wherever one starts (N2)', () => {
    const graph = graphOf([
      ['a', 'b', 5],
      ['b', 'c', 1],
      ['c', 'a', 9],
      ['z', 'a', 2],
    ]);
    for (const id of ['a', 'b', 'c', 'z']) expect(graph.rootOf(id)).toBe('b');
    expect(graph.membersOf('b').sort()).toEqual(['a', 'b', 'c', 'z']);
  });

  it('ignore that of the least key where the clocks of a loop are equal (N2)', () => {
    const graph = graphOf([
      ['b', 'a', 1],
      ['a', 'b', 1],
    ]);
    expect([graph.rootOf('a'), graph.rootOf('b')]).toEqual(['a', 'a']);
  });

  it('are undone by clearing the field (N1)', () => {
    const graph = graphOf([['a', 'b', 1]]);
    graph.set('a', undefined);
    expect(graph.rootOf('a')).toBe('a');
    expect(graph.membersOf('b')).toEqual(['b']);
    expect(graph.has('b')).toBe(false);
  });

  it('put every record under exactly one root, in whatever order they became known (N2)', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const known = fc.array(fc.tuple(ids, ids, fc.integer({ min: 1, max: 3 })), { maxLength: 9 });
    fc.assert(
      fc.property(known, fc.nat(), (moves, seed) => {
        const latest = new Map<string, [string, string, number]>();
        for (const move of moves) if (move[0] !== move[1]) latest.set(move[0], move);
        const edges = [...latest.values()];
        const graph = graphOf(edges);
        const turned = graphOf([...edges.slice(seed % 5), ...edges.slice(0, seed % 5)]);
        for (const id of ['a', 'b', 'c', 'd', 'e']) {
          const root = graph.rootOf(id);
          expect(turned.rootOf(id)).toBe(root);
          expect(graph.rootOf(root)).toBe(root);
          expect(graph.membersOf(root)).toContain(id);
          for (const member of graph.membersOf(root)) expect(graph.rootOf(member)).toBe(root);
        }
      }),
    );
  });

  it('show late edits of the old record, and leave both records as they are (N1)', () => {
    const old = setFields(
      setFields(emptyRecord('a'), { name: 'Ana', movedTo: 'b' }, at(1), 'person', rules),
      { 'c/city': 'Recife' },
      at(9),
      'person',
      rules,
    );
    const now = setFields(emptyRecord('b'), { name: 'Ana M.' }, at(5), 'person', rules);
    const shown = mergeMoved('b', [old, now], rules);
    expect(shown.id).toBe('b');
    expect(shownValue(shown, 'name')).toBe('Ana M.');
    expect(shownValue(shown, 'c/city')).toBe('Recife');
    expect(moveOf(old)).toEqual<Move>({ to: 'b', clock: at(1) });
    expect(moveOf(shown)).toBeUndefined();
  });

  it('do not let the deletion of one record bury another (N1)', () => {
    const dead = deleteRecord(emptyRecord('a'), at(9), rules);
    const live = setFields(emptyRecord('b'), { name: 'Bea' }, at(1), 'person', rules);
    expect(shownValue(mergeMoved('b', [dead, live], rules), 'name')).toBe('Bea');
  });

  it('show the number of the root, if it says one, and never an extension of a former one (N1)', () => {
    const old = setFields(
      emptyRecord('a'),
      { phone: '111', ext: '7', name: 'Ana', movedTo: 'b' },
      at(9),
      'person',
      rules,
    );
    const now = setFields(emptyRecord('b'), { phone: '222' }, at(1), 'machine', rules);
    const shown = mergeMoved('b', [old, now], rules);
    expect(shownValue(shown, 'phone')).toBe('222');
    expect(shownValue(shown, 'ext')).toBeUndefined();
    expect(shownValue(shown, 'name')).toBe('Ana');
    const silent = mergeMoved('b', [old, emptyRecord('b')], rules);
    expect(shownValue(silent, 'phone')).toBe('111');
    expect(shownValue(mergeMoved('b', [old], rules), 'phone')).toBe('111');
  });

  it('show the same, canonical, in whatever order the records come (N1) (R2)', () => {
    const ids = ['a', 'b', 'c'];
    const write = fc.record({
      id: fc.constantFrom(...ids),
      field: fc.constantFrom('name', 'phone', 'ext', 'state', 'movedTo'),
      value: fc.constantFrom('x', 'y', '', null),
      ms: fc.integer({ min: 1, max: 5 }),
      rank: fc.constantFrom<Rank>('person', 'machine'),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), fc.constantFrom(...ids), (writes, root) => {
        const records = ids.map((id) =>
          writes
            .filter((each) => each.id === id)
            .reduce(
              (record, { field, value, ms, rank }) =>
                setFields(record, { [field]: value }, at(ms), rank, rules),
              emptyRecord(id),
            ),
        );
        const shown = mergeMoved(root, records, rules);
        expect(mergeMoved(root, [...records].reverse(), rules)).toStrictEqual(shown);
        expect(canonicalRecord(shown, rules)).toStrictEqual(shown);
        const own = records.find(({ id }) => id === root);
        const phone = own && shownValue(own, 'phone');
        if (phone) expect(shownValue(shown, 'phone')).toBe(phone);
      }),
    );
  });

  it('that laptops make at once agree everywhere, in whatever order the records merge (N2) (M1)', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const move = fc.record({
      from: fc.constantFrom(...ids),
      to: fc.constantFrom(...ids, null),
      ms: fc.integer({ min: 1, max: 4 }),
      laptop: fc.constantFrom('x', 'y', 'z'),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 10 }), fc.nat(), (moves, seed) => {
        const states = moves.map(({ from, to, ms, laptop }) =>
          moveTo(emptyRecord(from), to, formatClock(ms, 0, laptop.repeat(10))),
        );
        const turn = seed % (states.length + 1);
        const turned = [...states.slice(turn), ...states.slice(0, turn)].reverse();
        const [one, two] = [graphAfter(states), graphAfter(turned)];
        for (const id of ids) {
          expect(two.rootOf(id)).toBe(one.rootOf(id));
          expect(one.membersOf(one.rootOf(id))).toContain(id);
          expect([...two.membersOf(id)].sort()).toEqual([...one.membersOf(id)].sort());
        }
      }),
    );
  });

  /** What a laptop makes of records that reach it one after the other. */
  function graphAfter(states: RecordState[]): MoveGraph {
    const records = new Map<string, RecordState>();
    const graph = new MoveGraph();
    for (const state of states) {
      const merged = mergeRecords(records.get(state.id) ?? emptyRecord(state.id), state, rules);
      records.set(state.id, merged);
      graph.set(state.id, moveOf(merged));
    }
    return graph;
  }
});
