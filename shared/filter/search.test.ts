import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneKey } from '../phone/phone-key.ts';
import { foldedPieces, foldText } from './fold.ts';
import { highlightRanges, matchesSearch, narrows, parseSearch, searchLines } from './search.ts';

const keyOf = (country: string) => (number: string) => phoneKey(number, country)?.key;

/** Whether a lead with these values is found. */
function finds(typed: string, values: string[], country = 'IN'): boolean {
  const lines = values.flatMap(searchLines).join('\n');
  return matchesSearch(parseSearch(typed, keyOf(country)), (needle) => lines.includes(needle));
}

function marked(text: string, typed: string, country = 'IN'): string {
  let result = '';
  let at = 0;
  for (const [start, end] of highlightRanges(text, parseSearch(typed, keyOf(country)))) {
    result += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return result + text.slice(at);
}

const lead = ['Ana Sofía Núñez', '+919876543210', '098765 43210', 'Straße 7, Łódź', 'Budget 2024'];

describe('search', () => {
  it.each(['ana', 'SOFIA', 'nunez', 'sofía nuñez', 'strasse', 'lodz', 'bud 202', 'na na', ''])(
    'finds %s',
    (typed) => expect(finds(typed, lead)).toBe(true),
  );

  it.each(['ane', 'ana bert', 'n ana x', '2025', '+9876', '98765 43211', '0001'])(
    'does not find %s',
    (typed) => expect(finds(typed, lead)).toBe(false),
  );

  it.each([
    '98765 43210',
    '+91-98765-43210',
    '+91 98765',
    '098765',
    '098765 43210',
    '09876543210',
    '0091 98765 43210',
    '(98765) 43210',
    '98765 - 432',
    '(+91) 98765',
    '+91 (0) 98765 43210',
    '9876.543.210',
    '765',
    '+91',
    '9',
    'ana 98765 43210 sofia',
    '९८७६५ ४३२१०',
  ])('finds the phone by %s', (typed) => expect(finds(typed, lead)).toBe(true));

  it('knows the spellings that rule P takes for one number', () => {
    expect(finds('+55 11 8765-4321', ['+5511987654321'], 'BR')).toBe(true);
    expect(finds('11 8765-4321', ['+5511987654321'], 'BR')).toBe(true);
    expect(finds('+52 1 55 1234 5678', ['+525512345678'], 'MX')).toBe(true);
  });

  it('finds numbers in other fields as well, whatever stands between their digits', () => {
    expect(finds('9812345678', ['call (98) 1234-5678 at noon'])).toBe(true);
    expect(finds('2024 500', ['in 2024', 'budget 1500'])).toBe(true);
    expect(finds('200', ['2, 0, 0'])).toBe(false);
  });

  it('does not take letters and digits of other fields together', () => {
    expect(finds('anab', ['ana', 'b'])).toBe(false);
    expect(finds('123456', ['123', '456'])).toBe(false);
  });

  it('marks what it found', () => {
    expect(marked('Ana Sofía Núñez', 'NUÑ ana')).toBe('[Ana] Sofía [Núñ]ez');
    expect(marked('Straße', 'ss')).toBe('Stra[ß]e');
    expect(marked('+91 98765 43210', '098765-432')).toBe('+91 [98765 432]10');
    expect(marked('+91 98765 43210', '+91 9')).toBe('[+91 9]8765 43210');
    expect(marked('+55 11 98765 4321', '11 8765-4321', 'BR')).toBe('[+55 11 98765 4321]');
    expect(marked('in 2024, 500', '2024 500')).toBe('in [2024], [500]');
    expect(marked('banana', 'ana')).toBe('b[anana]');
    expect(marked('Ana', 'x')).toBe('Ana');
    expect(marked('हिंदी', 'हिं')).toBe('[हिं]दी');
  });
});

const characters = fc.constantFrom(..."aAáÁbBß'’-+() .0019876ñÑнНйक\u0301\u093fŁ９５");
const text = fc.array(characters, { maxLength: 14 }).map((list) => list.join(''));
const phone = fc.constantFrom('+91 98765 43210', '(11) 98765-4321', '098-765', '+1 (0) 234 5678');
const value = fc.oneof(text, phone);
const typed = fc.oneof(
  text,
  fc.tuple(phone, fc.nat(20)).map(([number, end]) => number.slice(0, end)),
);

describe('search, whatever is typed', () => {
  it('marks something in one of the values for each term that matches, and only then', () => {
    fc.assert(
      fc.property(typed, fc.array(value, { minLength: 1, maxLength: 3 }), (query, values) => {
        for (const term of parseSearch(query).terms) {
          const search = { terms: [{ whole: term.whole, parts: [] }] };
          const lines = values.flatMap(searchLines).join('\n');
          const found = matchesSearch(search, (needle) => lines.includes(needle));
          expect(values.some((shown) => highlightRanges(shown, search).length > 0)).toBe(found);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('narrows only where no match is lost', () => {
    fc.assert(
      fc.property(typed, typed, fc.array(value, { maxLength: 3 }), (a, b, values) => {
        const before = parseSearch(a, keyOf('IN'));
        const next = parseSearch(a.length % 2 ? a + b : b, keyOf('IN'));
        const lines = values.flatMap(searchLines).join('\n');
        const has = (needle: string) => lines.includes(needle);
        if (narrows(next, before) && matchesSearch(next, has)) {
          expect(matchesSearch(before, has)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('narrows with each letter and each digit from the third on', () => {
    for (const query of ['ana sofia', '98765 43210', '+91-98765 4']) {
      for (let end = 4; end <= query.length; end++) {
        const [before, next] = [
          parseSearch(query.slice(0, end - 1)),
          parseSearch(query.slice(0, end)),
        ];
        expect(narrows(next, before), query.slice(0, end)).toBe(true);
      }
    }
    expect(narrows(parseSearch('an'), parseSearch('ana'))).toBe(false);
  });

  it('folds piece by piece as it folds the whole', () => {
    fc.assert(
      fc.property(text, (shown) => {
        const pieces = foldedPieces(shown);
        expect(pieces.map(({ folded }) => folded).join('')).toBe(foldText(shown));
        expect(pieces.map(({ start, end }) => shown.slice(start, end)).join('')).toBe(shown);
        expect(foldText(foldText(shown))).toBe(foldText(shown));
      }),
    );
  });
});
