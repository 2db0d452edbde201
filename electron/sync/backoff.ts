/** How long to wait before the next try: doubling, with jitter so that laptops do not march in step. */
const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

export class Backoff {
  private failures = 0;

  /** @param random from 0 up to 1 */
  constructor(private readonly random: () => number = Math.random) {}

  /** Between half and all of 1 s, 2 s, 4 s … 30 s. */
  next(): number {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures++);
    return Math.round(ceiling * (0.5 + this.random() / 2));
  }

  reset(): void {
    this.failures = 0;
  }
}
