/**
 * The `count` smallest items in order, in one pass: the best so far are kept in order, and most
 * items are only compared with the last of them.
 */
export function smallest<T>(items: Iterable<T>, count: number, order: (a: T, b: T) => number): T[] {
  const best: T[] = [];
  for (const item of items) {
    const last = best.at(-1);
    if (best.length >= count && last !== undefined && order(item, last) >= 0) continue;
    best.splice(placeOf(item, best, order), 0, item);
    if (best.length > count) best.pop();
  }
  return best;
}

/** Where an item belongs in a sorted list, by bisection. */
function placeOf<T>(item: T, sorted: readonly T[], order: (a: T, b: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other !== undefined && order(item, other) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
