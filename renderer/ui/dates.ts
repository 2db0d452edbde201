/** Moments as people say them, in the team's time zone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = formatIn(timeZone, options);
    formats.set(key, format);
  }
  return format;
}

/** In this laptop's own zone where the named one is unknown to it. */
function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', options);
  }
}

/** `just now`, `5 min ago`, `3 h ago`, `4 days ago`, then the day itself. */
export function relativeTime(at: number, now: number, timeZone: string): string {
  const age = now - at;
  if (age < MINUTE) return age < -MINUTE ? dayOf(at, timeZone) : 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  const days = Math.floor(age / DAY);
  if (days < 7) return days === 1 ? '1 day ago' : `${days} days ago`;
  return dayOf(at, timeZone);
}

/** `Nov 24, 2026` */
export function dayOf(at: number, timeZone: string): string {
  return formatFor(timeZone, { dateStyle: 'medium' }).format(at);
}

/** `November 24, 2026 at 4:07:12 AM GMT+1`: for tooltips. */
export function exactTime(at: number, timeZone: string): string {
  return formatFor(timeZone, { dateStyle: 'long', timeStyle: 'long' }).format(at);
}

/** `4:07 AM` */
export function timeOfDay(at: number, timeZone: string): string {
  return formatFor(timeZone, { timeStyle: 'short' }).format(at);
}

/** A stored date (`2026-11-24`) as `Nov 24, 2026`; anything else as it is. */
export function calendarDay(date: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? date : dayOf(at, 'UTC');
}
