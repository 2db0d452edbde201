import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixNumber, sortKey } from './sort-key.ts';

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (texts: string[]) => [...texts].sort((a, b) => order(sortKey(a), sortKey(b)));

describe('sort keys', () => {
  it('order as a collator for English does that ignores case and takes numbers as such', () => {
    const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
    const character = fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(...'aAáÅbñ0123 '),
    );
    const text = fc.array(character, { maxLength: 8 }).map((list) => list.join('').trim());
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(order(sortKey(a), sortKey(b))).toBe(Math.sign(collator.compare(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('put numbers in their order', () => {
    expect(sorted(['N10', 'n9', 'N 1', 'É', 'f', 'e', '10', '9', '(x)', '007'])).toEqual([
      '(x)',
      '007',
      '9',
      '10',
      'É',
      'e',
      'f',
      'N 1',
      'n9',
      'N10',
    ]);
  });

  it('never contradict the numbers of their prefixes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (x, y) => {
        const [a, b] = [sortKey(x), sortKey(y)];
        const byPrefix = Math.sign(prefixNumber(a) - prefixNumber(b));
        if (byPrefix !== 0) expect(order(a, b)).toBe(byPrefix);
      }),
    );
  });
});
