/**
 * Hybrid logical clocks (Kulkarni, Demirbas, Madappa, Avva, Leone 2014: "Logical Physical Clocks
 * and Consistent Snapshots in Globally Distributed Databases") written as fixed-width strings, so
 * that comparing two clocks is comparing two strings.
 *
 * `mmmmmmmmmmmm-cccc-nnnnnnnnnn`: milliseconds since 1970 in 12 hexadecimal digits, a counter in
 * 4, and the id of the node (one store on one laptop, or the server) in 10 characters of a-z0-9.
 */
import { z } from 'zod';

export type Clock = string;

export const CLOCK_PATTERN = /^[0-9a-f]{12}-[0-9a-f]{4}-[a-z0-9]{10}$/;
export const clockSchema = z.string().regex(CLOCK_PATTERN);

export const NODE_PATTERN = /^[a-z0-9]{10}$/;

/** The least clock: what ships with the app is older than whatever anybody enters. */
export const CLOCK_ZERO: Clock = '000000000000-0000-0000000000';

const MAX_COUNTER = 0xffff;

/** @throws RangeError when `ms` or `counter` do not fit, or the node id is malformed. */
export function formatClock(ms: number, counter: number, node: string): Clock {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > 0xffff_ffff_ffff)
    throw new RangeError('clock ms');
  if (!Number.isInteger(counter) || counter < 0 || counter > MAX_COUNTER) {
    throw new RangeError('clock counter');
  }
  if (!NODE_PATTERN.test(node)) throw new RangeError('clock node');
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${node}`;
}

/** The physical part, in milliseconds since 1970. */
export function clockMs(clock: Clock): number {
  return Number.parseInt(clock.slice(0, 12), 16);
}

/** The node that issued the clock. */
export function clockNode(clock: Clock): string {
  return clock.slice(18);
}

/** How far beyond the server's time, and the greatest clock it took, a clock may be; ms. */
export const MAX_CLOCK_DRIFT_MS = 5 * 60_000;

/** The least clock of `node` that is greater than `clock`. */
export function successor(clock: Clock, node: string): Clock {
  return next(clockMs(clock), clockCounter(clock), node);
}

export function greaterClock(a: Clock, b: Clock): Clock {
  return a > b ? a : b;
}

/** Ten characters of a-z0-9 out of at least ten random bytes. */
export function nodeIdFrom(random: Uint8Array): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz012345';
  return Array.from(random.subarray(0, 10), (byte) => alphabet[byte & 31]).join('');
}

/** Issues the clocks of one node: each greater than every clock it issued or saw before. */
export class ClockSource {
  private ms = 0;
  private counter = 0;

  /** @param wallMs the laptop's time in ms since 1970, corrected by the server's where known */
  constructor(
    readonly node: string,
    private readonly wallMs: () => number,
  ) {}

  /** A new clock, greater than all issued or observed so far. */
  now(): Clock {
    const wall = Math.max(0, Math.floor(this.wallMs()));
    const clock =
      wall > this.ms ? formatClock(wall, 0, this.node) : next(this.ms, this.counter, this.node);
    this.observe(clock);
    return clock;
  }

  /**
   * Goes back to where others are, after the laptop's time was found to be ahead: the next clocks
   * follow the corrected time, but are never below what was seen from or accepted by others.
   * @param floor the greatest clock that anybody else knows
   */
  rewindTo(floor: Clock | undefined): void {
    this.ms = 0;
    this.counter = 0;
    if (floor !== undefined) this.observe(floor);
  }

  /** Advances past a clock that came from elsewhere. */
  observe(clock: Clock): void {
    const ms = clockMs(clock);
    const counter = clockCounter(clock);
    if (ms > this.ms || (ms === this.ms && counter > this.counter)) {
      this.ms = ms;
      this.counter = counter;
    }
  }
}

function clockCounter(clock: Clock): number {
  return Number.parseInt(clock.slice(13, 17), 16);
}

function next(ms: number, counter: number, node: string): Clock {
  return counter < MAX_COUNTER ? formatClock(ms, counter + 1, node) : formatClock(ms + 1, 0, node);
}
