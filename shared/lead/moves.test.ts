import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { deleteRecord, setFields } from '../record/merge.ts';
import { emptyRecord, shownValue } from '../record/record.ts';
import { type Move, MoveGraph, mergeMoved, moveOf } from './moves.ts';

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
});
