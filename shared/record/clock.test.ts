import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLOCK_PATTERN,
  CLOCK_ZERO,
  ClockSource,
  clockMs,
  clockNode,
  formatClock,
  nodeIdFrom,
  successor,
} from './clock.ts';

const node = 'aaaaaaaaaa';

describe('clock', () => {
  it('sorts as text in the order of time, counter and node (C1)', () => {
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom('aaaaaaaaaa', 'b000000000', '0zzzzzzzzz'),
    );
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const byParts = a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
        const [x, y] = [formatClock(...a), formatClock(...b)];
        expect(Math.sign(byParts)).toBe(x < y ? -1 : x > y ? 1 : 0);
        expect(x).toMatch(CLOCK_PATTERN);
        expect(clockMs(x)).toBe(a[0]);
        expect(clockNode(x)).toBe(a[2]);
      }),
    );
  });

  it('never issues the same or a smaller clock, whatever the wall clock does (C2)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2 }), (walls) => {
        let wall = 0;
        const source = new ClockSource(node, () => wall);
        let last = CLOCK_ZERO;
        for (const next of walls) {
          wall = next;
          const clock = source.now();
          expect(clock > last).toBe(true);
          last = clock;
        }
      }),
    );
  });

  it('goes on beyond a clock it observed, also one far in the future (C2)', () => {
    const source = new ClockSource(node, () => 1000);
    const seen = formatClock(9_000_000, 0xffff, 'zzzzzzzzzz');
    source.observe(seen);
    expect(source.now() > seen).toBe(true);
  });

  it('has a successor that is greater, also when the counter is full (C1)', () => {
    const full = formatClock(5, 0xffff, 'zzzzzzzzzz');
    expect(successor(full, node)).toBe(formatClock(6, 0, node));
    expect(successor(formatClock(5, 1, 'zzzzzzzzzz'), node)).toBe(formatClock(5, 2, node));
  });

  it('refuses what does not fit', () => {
    expect(() => formatClock(-1, 0, node)).toThrow(RangeError);
    expect(() => formatClock(0, 0x10000, node)).toThrow(RangeError);
    expect(() => formatClock(0, 0, 'short')).toThrow(RangeError);
  });

  it('makes node ids out of random bytes', () => {
    expect(nodeIdFrom(new Uint8Array(10))).toBe('aaaaaaaaaa');
    expect(nodeIdFrom(new Uint8Array(16).fill(255))).toMatch(/^[a-z0-9]{10}$/);
  });

  it('goes back to the corrected time, but never below what others know (C2)', () => {
    let wall = 1_000_000;
    const source = new ClockSource(node, () => wall);
    source.now();
    wall = 1000;
    const floor = formatClock(5000, 3, 'zzzzzzzzzz');
    source.rewindTo(floor);
    expect(source.now()).toBe(formatClock(5000, 4, node));
    wall = 6000;
    expect(source.now()).toBe(formatClock(6000, 0, node));
    source.rewindTo(undefined);
    expect(source.now()).toBe(formatClock(6000, 0, node));
  });

  it('issues ever greater clocks beyond the floor after it went back (C2)', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(times, times, fc.nat(50), fc.nat(3), (before, after, ms, counter) => {
        let wall = 0;
        const source = new ClockSource(node, () => wall);
        for (wall of before) source.now();
        let last = formatClock(ms, counter, 'zzzzzzzzzz');
        source.rewindTo(last);
        for (wall of after) {
          const clock = source.now();
          expect(clock > last).toBe(true);
          expect(clockMs(clock)).toBeLessThanOrEqual(Math.max(ms, ...after));
          last = clock;
        }
      }),
    );
  });
});
