import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallest } from './smallest.ts';

it('picks what sorting all would put first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.nat(20), (items, count) => {
      const order = (a: number, b: number) => a - b;
      expect(smallest(items, count, order)).toEqual([...items].sort(order).slice(0, count));
    }),
  );
});
