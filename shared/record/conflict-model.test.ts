import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byTimeAloneIn } from './collections.ts';
import { lostWrites, ModelLaptop, ModelServer, type Write } from './conflict-model.ts';
import type { Json } from './json.ts';
import { canonicalRecord } from './merge.ts';

const NODES = ['a', 'b', 'c'];

const arbitraryStep = fc.record({
  laptop: fc.integer({ min: 0, max: 2 }),
  act: fc.oneof(
    { weight: 6, arbitrary: fc.constant('edit' as const) },
    { weight: 1, arbitrary: fc.constant('machine' as const) },
    { weight: 1, arbitrary: fc.constant('delete' as const) },
    { weight: 4, arbitrary: fc.constant('send' as const) },
    { weight: 4, arbitrary: fc.constant('acknowledge' as const) },
    { weight: 1, arbitrary: fc.constant('loseAnswer' as const) },
    { weight: 3, arbitrary: fc.constant('pull' as const) },
  ),
  field: fc.constantFrom('name', 'state'),
  /** How far the laptop's time is off: clocks then disagree with the order of things. */
  time: fc.integer({ min: 1, max: 40 }),
});
const arbitrarySteps = fc.array(arbitraryStep, { maxLength: 30 });
type Steps = typeof arbitrarySteps extends fc.Arbitrary<infer S> ? S : never;

/** @param valueIn the value entered in the step with this index */
function play(steps: Steps, valueIn: (step: number) => Json) {
  const server = new ModelServer();
  let time = 0;
  const laptops = NODES.map((node) => new ModelLaptop(node, server, () => time));
  const writes: Write[] = [];
  steps.forEach((step, i) => {
    const laptop = laptops[step.laptop];
    if (!laptop) return;
    time = step.time;
    const value = valueIn(i);
    if (step.act === 'edit') writes.push(laptop.write(step.field, value, 'person'));
    else if (step.act === 'machine') writes.push(laptop.write(step.field, value, 'machine'));
    else if (step.act === 'delete') writes.push(laptop.delete());
    else laptop[step.act]();
  });
  for (let round = 0; round < 2; round++) for (const laptop of laptops) laptop.settle();
  return { server, laptops, writes };
}

it('keeps every value that a person entered: it shows, was replaced knowingly, or is in a conflict (K1) (K2) (K3)', () => {
  fc.assert(
    fc.property(arbitrarySteps, (steps) => {
      const { server, writes } = play(steps, (i) => `value ${i}`);
      expect(lostWrites(writes, server)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

it('ends with the same record everywhere, and tells of no value twice (M1) (K2)', () => {
  fc.assert(
    fc.property(arbitrarySteps, (steps) => {
      const { server, laptops } = play(steps, (i) => i % 2);
      expect(canonicalRecord(server.record, byTimeAloneIn('leads'))).toStrictEqual(server.record);
      for (const { local } of laptops) expect(local).toStrictEqual(server.record);
      const told = server.conflicts.map(({ field, lost }) => `${field} ${lost.clock}`);
      expect(told).toEqual([...new Set(told)]);
    }),
    { numRuns: 2000 },
  );
});

it('tells of nothing that somebody had seen and replaced, nor of a value that shows (K1) (K4)', () => {
  fc.assert(
    fc.property(arbitrarySteps, (steps) => {
      const { server } = play(steps, (i) => i % 2);
      for (const { lost, kept } of server.conflicts) {
        expect(lost.rank).toBe('person');
        if (kept) {
          expect(kept.clock > lost.clock).toBe(true);
          expect(kept.value).not.toEqual(lost.value);
        } else expect(lost.clock <= (server.record.died ?? '')).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

it('finds no conflict where each laptop syncs before and after its edit (K4)', () => {
  const inTurn = fc.array(fc.record({ laptop: fc.integer({ min: 0, max: 2 }), value: fc.nat(3) }), {
    maxLength: 15,
  });
  fc.assert(
    fc.property(inTurn, (edits) => {
      const server = new ModelServer();
      let time = 0;
      const laptops = NODES.map((node) => new ModelLaptop(node, server, () => time));
      for (const { laptop, value } of edits) {
        time++;
        laptops[laptop]?.settle();
        laptops[laptop]?.write('name', value, 'person');
        laptops[laptop]?.settle();
      }
      expect(server.conflicts).toEqual([]);
    }),
  );
});
