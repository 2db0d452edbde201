import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CREATED_PRESETS,
  type CreatedRange,
  createdRangeSchema,
  createdTimes,
  describeCreated,
} from './created-range.ts';
import { addDays, dayAt, isWithin } from './days.ts';

const berlin = 'Europe/Berlin';
const noon = Date.parse('2026-03-30T10:00:00Z');
const iso = (range: CreatedRange, now = noon, timeZone = berlin) => {
  const { from, until } = createdTimes(range, now, timeZone);
  return [new Date(from).toISOString(), new Date(until).toISOString()];
};

describe('Lead Created At', () => {
  it('counts calendar days that end with today, also over a change of the clocks', () => {
    expect(iso({ preset: 'today' })).toEqual([
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
    expect(iso({ preset: 'yesterday' })).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    expect(iso({ preset: 'last7' })[0]).toBe('2026-03-23T23:00:00.000Z');
    expect(iso({ preset: 'last30' })[0]).toBe('2026-02-28T23:00:00.000Z');
    expect(iso({ preset: 'thisMonth' })[0]).toBe('2026-02-28T23:00:00.000Z');
  });

  it("takes today from the team's zone, not from UTC", () => {
    const evening = Date.parse('2026-05-01T01:30:00Z');
    expect(iso({ preset: 'today' }, evening, 'America/Sao_Paulo')).toEqual([
      '2026-04-30T03:00:00.000Z',
      '2026-05-01T03:00:00.000Z',
    ]);
    expect(iso({ preset: 'thisMonth' }, evening, 'America/Sao_Paulo')[0]).toBe(
      '2026-04-01T03:00:00.000Z',
    );
  });

  it('includes both days of a custom range, in whatever order, each of which may be open', () => {
    const days = { preset: 'custom', from: '2026-03-28', to: '2026-03-29' } as const;
    const turned = { preset: 'custom', from: days.to, to: days.from } as const;
    expect(iso(days)).toEqual(['2026-03-27T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
    expect(iso(turned)).toEqual(iso(days));
    const open = createdTimes({ preset: 'custom', from: null, to: '2026-03-28' }, noon, berlin);
    expect(open.from).toBe(Number.NEGATIVE_INFINITY);
    const any = createdTimes({ preset: 'anyTime' }, noon, berlin);
    expect(isWithin(0, any) && isWithin(8e15, any)).toBe(true);
  });

  it('holds exactly the moments of its days, in every zone', () => {
    const zones = ['America/Sao_Paulo', berlin, 'Asia/Kolkata', 'Australia/Lord_Howe'];
    const moment = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: -100 * 86_400_000, max: 2 * 86_400_000 }),
        fc.constantFrom(...zones),
        fc.constantFrom([7, 'last7'] as const, [30, 'last30'] as const, [90, 'last90'] as const),
        (now, offset, timeZone, [days, preset]) => {
          const today = dayAt(now, timeZone);
          const day = dayAt(now + offset, timeZone);
          const expected = day <= today && day > addDays(today, -days);
          expect(isWithin(now + offset, createdTimes({ preset }, now, timeZone))).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is stored as JSON and refuses days that do not exist', () => {
    for (const preset of Object.keys(CREATED_PRESETS)) {
      expect(createdRangeSchema.safeParse({ preset }).success).toBe(true);
    }
    const custom = { preset: 'custom', from: '2026-02-30', to: null };
    expect(createdRangeSchema.safeParse(custom).success).toBe(false);
    expect(createdRangeSchema.safeParse({ preset: 'custom' }).success).toBe(false);
  });

  it('is described in words', () => {
    expect(describeCreated({ preset: 'last30' })).toBe('Last 30 days');
    const from = '2026-11-01';
    expect(describeCreated({ preset: 'custom', from, to: '2026-11-24' })).toBe(
      'Nov 1, 2026 – Nov 24, 2026',
    );
    expect(describeCreated({ preset: 'custom', from, to: null })).toBe('Since Nov 1, 2026');
    expect(describeCreated({ preset: 'custom', from, to: from })).toBe('Nov 1, 2026');
  });
});
