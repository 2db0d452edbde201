import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stableSortBy } from './radix-sort.ts';

it('sorts as comparing would, and keeps the order of equal numbers', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 40 }), (numbers) => {
      const items = [...numbers.keys()].reverse();
      const of = (item: number) => numbers[item] ?? 0;
      const compare = (a: number, b: number) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0);
      expect([...stableSortBy(Uint32Array.from(items), of)]).toEqual([...items].sort(compare));
    }),
    { numRuns: 1000 },
  );
});
