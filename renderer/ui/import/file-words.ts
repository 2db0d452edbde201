/** What a look at a file found, in words. */
import type { CsvFormat, Inspection } from '../../../shared/csv/mapping.ts';
import { countOf, formatBytes } from '../format.ts';

const ENCODINGS: Record<CsvFormat['encoding'], string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252',
};

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'vertical bar'],
  [' ', 'space'],
  [':', 'colon'],
]);

/** `1.5 MB, about 20,000 rows` */
export function sizeWords({ bytes, rows }: Pick<Inspection, 'bytes' | 'rows'>): string {
  return `${formatBytes(bytes)}, ${rows.exact ? '' : 'about '}${countOf(rows.count, 'row')}`;
}

/** `UTF-8, separated by semicolon, first row names the columns` */
export function formatWords({ encoding, delimiter, hasHeader }: CsvFormat): string {
  const separator = DELIMITERS.get(delimiter) ?? `“${delimiter}”`;
  const header = hasHeader ? 'first row names the columns' : 'no header row';
  return `${ENCODINGS[encoding]}, separated by ${separator}, ${header}`;
}
