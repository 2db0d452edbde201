/** Sorting by numbers in linear time, many times faster than by a function that compares. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const SIGN = 0x8000_0000;

/** Sorts items by their numbers (none is NaN); equal ones keep their order. */
export function stableSortBy(items: Uint32Array, numberOf: (item: number) => number): Uint32Array {
  const count = items.length;
  let places = new Uint32Array(count);
  for (let i = 0; i < count; i++) places[i] = i;
  for (const digit of digitsOf(items, numberOf)) places = sortedByDigit(places, digit);
  for (let i = 0; i < count; i++) places[i] = items[places[i] ?? 0] ?? 0;
  return places;
}

/** For each item, its number in six digits, the last one first, such that they sort as it does. */
function digitsOf(items: Uint32Array, numberOf: (item: number) => number): Uint16Array[] {
  const numbers = new Float64Array(1);
  const halves = new Uint32Array(numbers.buffer);
  const lower = new Uint32Array(items.length);
  const upper = new Uint32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    // Adding zero makes -0 the same as 0.
    numbers[0] = numberOf(items[i] ?? 0) + 0;
    const [rest = 0, front = 0] = halves;
    const isNegative = (front & SIGN) !== 0;
    lower[i] = isNegative ? ~rest : rest;
    upper[i] = isNegative ? ~front : front ^ SIGN;
  }
  return [lower, upper].flatMap((half) => [0, 1, 2].map((place) => digitAt(half, place)));
}

function digitAt(half: Uint32Array, place: number): Uint16Array {
  const digit = new Uint16Array(half.length);
  const shift = place * DIGIT_BITS;
  for (let i = 0; i < half.length; i++) digit[i] = ((half[i] ?? 0) >>> shift) & (DIGITS - 1);
  return digit;
}

function sortedByDigit(
  places: Uint32Array<ArrayBuffer>,
  digit: Uint16Array,
): Uint32Array<ArrayBuffer> {
  const count = places.length;
  const next = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < count; i++) {
    const value = (digit[i] ?? 0) + 1;
    next[value] = (next[value] ?? 0) + 1;
  }
  if (next[(digit[0] ?? 0) + 1] === count) return places;
  for (let value = 1; value < DIGITS; value++) {
    next[value] = (next[value] ?? 0) + (next[value - 1] ?? 0);
  }
  const sorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const place = places[i] ?? 0;
    const value = digit[place] ?? 0;
    const to = next[value] ?? 0;
    next[value] = to + 1;
    sorted[to] = place;
  }
  return sorted;
}

/** Sorts what has the same number; by their numbers the items are sorted already. */
export function sortRuns(
  items: Uint32Array,
  numberOf: (item: number) => number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  let start = 0;
  for (let end = 1; end <= items.length; end++) {
    if (end < items.length && numberOf(items[end] ?? 0) === numberOf(items[start] ?? 0)) continue;
    if (end - start > 1) items.set([...items.subarray(start, end)].sort(compare), start);
    start = end;
  }
  return items;
}
