/** How often a crashed page is loaded again by itself before somebody is asked. */
const MOST = 3;
const WITHIN_MS = 60_000;

export class ReloadLimit {
  private times: number[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether one more reload is all right; counts it if so. */
  allow(): boolean {
    const now = this.now();
    this.times = this.times.filter((time) => now - time < WITHIN_MS);
    if (this.times.length >= MOST) return false;
    this.times.push(now);
    return true;
  }

  reset(): void {
    this.times = [];
  }
}
