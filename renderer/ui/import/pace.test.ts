import { describe, expect, it } from 'vitest';
import { addSample, paceOf, percentOf, type Sample } from './pace.ts';

const counts = { rows: 0, created: 0, merged: 0, unchanged: 0, skipped: 0, rejected: 0 };

function samplesAt(...points: [at: number, rows: number, bytesRead: number][]): Sample[] {
  return points.reduce<Sample[]>(
    (samples, [at, rows, bytesRead]) =>
      addSample(samples, at, { bytesRead, counts: { ...counts, rows } }),
    [],
  );
}

describe('the pace of an import', () => {
  it('is unknown before there is enough to tell it by', () => {
    expect(paceOf([], 100)).toBeNull();
    expect(paceOf(samplesAt([0, 0, 0]), 100)).toBeNull();
    expect(paceOf(samplesAt([0, 0, 0], [100, 50, 10]), 100)).toBeNull();
  });

  it('gives rows a second and the time that is left', () => {
    const samples = samplesAt([0, 0, 0], [1000, 500, 10_000], [2000, 1000, 20_000]);
    expect(paceOf(samples, 100_000)).toEqual({ rowsPerSecond: 500, remainingMs: 8000 });
  });

  it('goes by the last seconds only', () => {
    const samples = samplesAt([0, 0, 0], [10_000, 1000, 1000], [12_000, 3000, 3000]);
    expect(paceOf(samples, 4000)).toEqual({ rowsPerSecond: 1000, remainingMs: 1000 });
  });

  it('leaves the end open while nothing moves, and is never negative', () => {
    expect(paceOf(samplesAt([0, 5, 50], [2000, 5, 50]), 100)?.remainingMs).toBeNull();
    expect(paceOf(samplesAt([0, 0, 0], [2000, 5, 120]), 100)?.remainingMs).toBe(0);
  });
});

describe('the part that is read', () => {
  it('is whole percents, 100 at most', () => {
    expect(percentOf({ bytesRead: 999, totalBytes: 1000 })).toBe(99);
    expect(percentOf({ bytesRead: 1000, totalBytes: 1000 })).toBe(100);
    expect(percentOf({ bytesRead: 1200, totalBytes: 1000 })).toBe(100);
  });

  it('is none of an empty file', () => {
    expect(percentOf({ bytesRead: 0, totalBytes: 0 })).toBe(0);
  });
});
