/** Numbers, sizes and times as the window writes them. */

const integer = new Intl.NumberFormat('en');
const SIZE_UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** `2000` → `2,000` */
export function formatCount(count: number): string {
  return integer.format(count);
}

/** `1 lead`, `2,000 leads` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1536` → `1.5 KB` */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < SIZE_UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toFixed(digits)} ${SIZE_UNITS[unit] ?? ''}`;
}

/** What is left of a wait: `less than 5 s`, `40 s`, `3 min`. */
export function formatWait(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 5) return 'a few seconds';
  if (seconds < 90) return `${Math.ceil(seconds / 5) * 5} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** First letters of a name's first and last words. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase() || '?';
}
