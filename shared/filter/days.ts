/** Days of the calendar and where they begin and end in a time zone. */

/** A day of the calendar as ISO 8601 writes it: `2026-11-24`. */
export type Day = string;

/** Moments in ms since 1970, from the first on up to, and without, the second. */
export interface TimeRange {
  from: number;
  until: number;
}

const DAY_MS = 86_400_000;
const HOUR_SECONDS = 3600;
/** No zone was ever further from UTC than 16 hours. */
const FURTHEST_SECONDS = 16 * HOUR_SECONDS;
const MAX_KNOWN = 500;

const formats = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();

/** Whether the text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (text.length !== 10 || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** The day so many days later, or earlier; never one that four digits of a year can't write. */
export function addDays(day: Day, days: number): Day {
  const ms = midnightUtc(day) + days * DAY_MS;
  return dayOfUtc(Math.min(Math.max(ms, midnightUtc('0001-01-01')), midnightUtc('9999-12-31')));
}

/** The first day of the day's month. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

/** The day that clocks in a time zone show at a moment. An unknown zone counts as UTC. */
export function dayAt(ms: number, timeZone: string): Day {
  let [year, month, day] = ['', '', ''];
  for (const { type, value } of formatOf(timeZone).formatToParts(ms)) {
    if (type === 'year') year = value.padStart(4, '0');
    if (type === 'month') month = value;
    if (type === 'day') day = value;
  }
  return `${year}-${month}-${day}`;
}

/**
 * The first moment of a day in a time zone: not always midnight, since some zones begin daylight
 * saving by skipping it. Of a day that a zone left out, the first moment after.
 */
export function startOfDay(day: Day, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  let start = starts.get(key);
  if (start === undefined) {
    if (starts.size >= MAX_KNOWN) starts.clear();
    start = searchStart(day, timeZone);
    starts.set(key, start);
  }
  return start;
}

/** All of the days from the first to the last, both included. */
export function daysRange(first: Day, last: Day, timeZone: string): TimeRange {
  return { from: startOfDay(first, timeZone), until: startOfDay(addDays(last, 1), timeZone) };
}

export function isWithin(ms: number, { from, until }: TimeRange): boolean {
  return ms >= from && ms < until;
}

/** By bisection over seconds, which needs no knowledge of offsets: all zones change on seconds. */
function searchStart(day: Day, timeZone: string): number {
  const midnight = midnightUtc(day) / 1000;
  let before = midnight - FURTHEST_SECONDS;
  let after = midnight + FURTHEST_SECONDS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayAt(middle * 1000, timeZone) < day) before = middle;
    else after = middle;
  }
  return after * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = formatIn(timeZone) ?? new Intl.DateTimeFormat(LOCALE, { ...PARTS, timeZone: 'UTC' });
    formats.set(timeZone, format);
  }
  return format;
}

const LOCALE = 'en-u-ca-gregory-nu-latn';
const PARTS = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

function formatIn(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...PARTS, timeZone });
  } catch {
    return undefined;
  }
}

function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function midnightUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOfUtc(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}
