/** The filter on Lead Created At: preset or custom days, in the team's time zone. */
import { z } from 'zod';
import {
  addDays,
  type Day,
  dayAt,
  daysRange,
  firstOfMonth,
  isDay,
  type TimeRange,
} from './days.ts';

/** In the order of the menu, with their labels. */
export const CREATED_PRESETS = {
  today: 'Today',
  yesterday: 'Yesterday',
  last7: 'Last 7 days',
  last30: 'Last 30 days',
  last90: 'Last 90 days',
  thisMonth: 'This month',
  anyTime: 'Any time',
} as const;
export type CreatedPreset = keyof typeof CREATED_PRESETS;

export const daySchema = z.string().refine(isDay, 'not a day of the calendar');

export const createdRangeSchema = z.discriminatedUnion('preset', [
  z.object({ preset: z.enum(Object.keys(CREATED_PRESETS) as [CreatedPreset]) }),
  /** Both days included; null is open. */
  z.object({ preset: z.literal('custom'), from: daySchema.nullable(), to: daySchema.nullable() }),
]);
export type CreatedRange = z.infer<typeof createdRangeSchema>;

/** What people see unless they choose otherwise. */
export const DEFAULT_CREATED: CreatedRange = { preset: 'last30' };
export const ANY_TIME: CreatedRange = { preset: 'anyTime' };

const ALWAYS: TimeRange = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** The moments of a range. "Last 30 days" are the 30 calendar days that end with today. */
export function createdTimes(range: CreatedRange, now: number, timeZone: string): TimeRange {
  if (range.preset === 'anyTime') return ALWAYS;
  if (range.preset === 'custom') return customTimes(range.from, range.to, timeZone);
  const today = dayAt(now, timeZone);
  const [first, last] = presetDays(range.preset, today);
  return daysRange(first, last, timeZone);
}

/** `Last 30 days`, `Nov 1, 2026 – Nov 24, 2026`, `Since Nov 1, 2026`. */
export function describeCreated(range: CreatedRange): string {
  if (range.preset !== 'custom') return CREATED_PRESETS[range.preset];
  const { from, to } = range;
  if (from === null) return to === null ? CREATED_PRESETS.anyTime : `Until ${dayText(to)}`;
  if (to === null) return `Since ${dayText(from)}`;
  return from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2026-11-24` as the table writes it: `Nov 24, 2026`. */
export function dayText(day: Day): string {
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return `${month} ${Number(day.slice(8))}, ${Number(day.slice(0, 4))}`;
}

type PresetOfDays = Exclude<CreatedPreset, 'anyTime'>;

function presetDays(preset: PresetOfDays, today: Day): [first: Day, last: Day] {
  const yesterday = addDays(today, -1);
  switch (preset) {
    case 'today':
      return [today, today];
    case 'yesterday':
      return [yesterday, yesterday];
    case 'last7':
      return lastDays(7, today);
    case 'last30':
      return lastDays(30, today);
    case 'last90':
      return lastDays(90, today);
    case 'thisMonth':
      return [firstOfMonth(today), today];
  }
}

/** So many calendar days that end with today. */
export function lastDays(count: number, today: Day): [first: Day, last: Day] {
  return [addDays(today, 1 - count), today];
}

/** So many calendar days that begin with today. */
export function nextDays(count: number, today: Day): [first: Day, last: Day] {
  return [today, addDays(today, count - 1)];
}

/** Two days in the wrong order are meant the other way round. */
function customTimes(from: Day | null, to: Day | null, timeZone: string): TimeRange {
  const [first, last] = from !== null && to !== null && from > to ? [to, from] : [from, to];
  return {
    from: first === null ? ALWAYS.from : daysRange(first, first, timeZone).from,
    until: last === null ? ALWAYS.until : daysRange(last, last, timeZone).until,
  };
}
