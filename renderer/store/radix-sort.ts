/** Sorting by numbers in linear time, many times faster than by a function that compares. */

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const SIGN = 0x8000_0000;

/** Sorts items by their numbers (none is NaN); equal ones keep their order. */
export function stableSortBy(items: Uint32Array, numberOf: (item: number) => number): Uint32Array {
  const digits = digitsOf(items, numberOf);
  let places = Uint32Array.from(items.keys());
  for (const digit of digits) places = sortedByDigit(places, digit);
  return places.map((place) => items[place] ?? 0);
}

/** For each item, its number in four digits, the last one first, such that they sort as it does. */
function digitsOf(items: Uint32Array, numberOf: (item: number) => number): Uint16Array[] {
  const numbers = new Float64Array(1);
  const halves = new Uint32Array(numbers.buffer);
  const digits = [0, 1, 2, 3].map(() => new Uint16Array(items.length));
  const [lowest = NONE, low = NONE, high = NONE, highest = NONE] = digits;
  for (let i = 0; i < items.length; i++) {
    // Adding zero makes -0 the same as 0.
    numbers[0] = numberOf(items[i] ?? 0) + 0;
    const [rest = 0, front = 0] = halves;
    const isNegative = (front & SIGN) !== 0;
    const upper = isNegative ? ~front : front ^ SIGN;
    const lower = isNegative ? ~rest : rest;
    lowest[i] = lower;
    low[i] = lower >>> DIGIT_BITS;
    high[i] = upper;
    highest[i] = upper >>> DIGIT_BITS;
  }
  return digits;
}

const NONE = new Uint16Array(0);

function sortedByDigit(places: Uint32Array, digit: Uint16Array): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(DIGITS + 1);
  for (const value of digit) next[value + 1] = (next[value + 1] ?? 0) + 1;
  for (let value = 1; value <= DIGITS; value++) {
    next[value] = (next[value] ?? 0) + (next[value - 1] ?? 0);
  }
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const value = digit[place] ?? 0;
    const to = next[value] ?? 0;
    next[value] = to + 1;
    sorted[to] = place;
  }
  return sorted;
}
