import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayAt, daysRange, firstOfMonth, isDay, startOfDay } from './days.ts';

const HOUR = 3_600_000;
const ZONES = [
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Tehran',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'America/New_York',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const day = fc.nat(365 * 40).map((days) => addDays('2000-01-01', days));

const hoursOf = (date: string, timeZone: string) => {
  const { from, until } = daysRange(date, date, timeZone);
  return (until - from) / HOUR;
};

describe('days of a time zone', () => {
  it('hold exactly the moments at which clocks show them', () => {
    fc.assert(
      fc.property(day, zone, fc.double({ min: 0, max: 1, noNaN: true }), (date, timeZone, at) => {
        const { from, until } = daysRange(date, date, timeZone);
        expect(dayAt(from, timeZone)).toBe(date);
        expect(dayAt(until - 1, timeZone)).toBe(date);
        expect(dayAt(Math.floor(from + at * (until - 1 - from)), timeZone)).toBe(date);
        expect(dayAt(from - 1, timeZone)).toBe(addDays(date, -1));
        expect(dayAt(until, timeZone)).toBe(addDays(date, 1));
      }),
      { numRuns: 500 },
    );
  });

  it('follow one another without gap, each of 23 to 25 hours', () => {
    for (const timeZone of ZONES) {
      for (let date = '2017-01-01'; date < '2019-01-01'; date = addDays(date, 1)) {
        expect(Math.abs(hoursOf(date, timeZone) - 24), `${date} ${timeZone}`).toBeLessThanOrEqual(
          1,
        );
        expect(daysRange(date, date, timeZone).until).toBe(startOfDay(addDays(date, 1), timeZone));
      }
    }
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Africa/Cairo', '2024-04-26', 23],
    ['Africa/Cairo', '2024-10-31', 25],
    ['Asia/Kolkata', '2026-03-29', 24],
    ['Pacific/Apia', '2011-12-30', 0],
  ])('%s %s has %d hours', (timeZone, date, hours) => {
    expect(hoursOf(date, timeZone)).toBe(hours);
  });

  it('begin after midnight where daylight saving skips it', () => {
    expect(new Date(startOfDay('2018-11-04', 'America/Sao_Paulo')).toISOString()).toBe(
      '2018-11-04T03:00:00.000Z',
    );
    expect(new Date(startOfDay('2024-04-26', 'Africa/Cairo')).toISOString()).toBe(
      '2024-04-25T22:00:00.000Z',
    );
  });

  it('are those of UTC in a zone that nobody knows', () => {
    expect(startOfDay('2026-01-02', 'Mars/Base')).toBe(Date.UTC(2026, 0, 2));
  });
});

describe('days of the calendar', () => {
  it('know leap years and months', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const none of ['2023-02-29', '2024-13-01', '2024-1-1', '2024-04-31', 'x', '']) {
      expect(isDay(none)).toBe(false);
    }
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
    expect(firstOfMonth('2024-02-29')).toBe('2024-02-01');
  });
});
