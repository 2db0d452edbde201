/** Looks at a file before anything is imported: its format, columns and rows. */
import Papa from 'papaparse';
import { cellText } from '../../shared/csv/cell-text.ts';
import { columnLabel } from '../../shared/csv/columns.ts';
import { type CsvRow, csvReader, namedDelimiter } from '../../shared/csv/csv-reader.ts';
import { looksLikeEmail, looksLikePhone, looksLikeUrl } from '../../shared/csv/looks.ts';
import type { Inspection } from '../../shared/csv/mapping.ts';
import { suggestTargets } from '../../shared/csv/suggest-targets.ts';
import { type Decoder, decoder, type Encoding, encodingOfAll, encodingOfHead } from './encoding.ts';
import { assertTextTable } from './file-kind.ts';
import { ImportError } from './import-error.ts';
import { type SourceFile, withFile } from './source-file.ts';

const HEAD_BYTES = 64 * 1024;
/** Files up to this size are counted to the end. */
const EXACT_BYTES = 5 * 1024 * 1024;
/** Of larger files this much is looked at. */
const SAMPLE_BYTES = 1024 * 1024;
/** Rows by which columns are judged. */
const JUDGED_ROWS = 200;
const SHOWN_SAMPLES = 5;
const SHOWN_LENGTH = 200;

/** @throws ImportError `unreadable`, `empty`, `binary` or `spreadsheet` */
export function inspectFile(path: string): Promise<Inspection> {
  return withFile(path, async (file) => {
    const head = await firstBytes(file, HEAD_BYTES);
    if (file.bytes === head.length && isBlank(head)) throw empty();
    assertTextTable(head, file.name);
    const encoding = encodingOfHead(head) ?? (await encodingOfAll(file.chunks()));
    const exact = file.bytes <= EXACT_BYTES;
    const bytes = exact ? file.bytes : SAMPLE_BYTES;
    const text = await decodedText(file, encoding, bytes, exact);
    const { format, columns, count } = inspectText(text, encoding, exact);
    const rows = { count: exact ? count : Math.round((count * file.bytes) / bytes), exact };
    return { fileName: file.name, bytes: file.bytes, format, columns, rows };
  });
}

type Found = Pick<Inspection, 'format' | 'columns'> & { count: number };

function inspectText(text: string, encoding: Encoding, isWhole: boolean): Found {
  const delimiter = namedDelimiter(firstLine(text)) ?? guessDelimiter(text);
  const first = firstRows(text, delimiter, isWhole);
  const hasHeader = isHeader(first[0]?.cells ?? []);
  const width = hasHeader ? widthOf(first[0]) : usualWidth(first);
  const table = readTable(text, { delimiter, width, hasHeader, isWhole });
  if (width === 0) throw isWhole && table.count === 0 ? empty() : endlessLine();
  const headers = Array.from({ length: width }, (_, i) =>
    hasHeader ? shortened(cellText(first[0]?.cells[i] ?? '').replace(/\s+/g, ' ')) : '',
  );
  const suggested = suggestTargets(
    headers.map((header, i) => ({ header, values: table.values[i] ?? [] })),
  );
  const columns = headers.map((header, i) => ({
    label: header === '' ? columnLabel(i) : header,
    samples: shownSamples(table.values[i] ?? []),
    suggested: suggested[i] ?? { to: 'nothing' as const },
  }));
  return { format: { encoding, delimiter, hasHeader }, columns, count: table.count };
}

interface TableShape {
  delimiter: string;
  width: number;
  hasHeader: boolean;
  isWhole: boolean;
}

/** The values of the first rows by column, and the number of rows, the rejected ones included. */
function readTable(text: string, { delimiter, width, hasHeader, isWhole }: TableShape) {
  const reader = csvReader(delimiter, width);
  const parts = [reader.push(text), ...(isWhole ? [reader.end()] : [])];
  const rows = parts.flatMap((part) => part.rows).filter(isFilled);
  const data = hasHeader ? rows.slice(1) : rows;
  const values = Array.from({ length: width }, (_, i) => columnValues(data, i));
  const rejected = parts.reduce((sum, part) => sum + part.rejected.length, 0);
  return { values, count: data.length + rejected };
}

/** A column's values in the first rows; if they are all blank, the first that is not besides. */
function columnValues(rows: CsvRow[], index: number): string[] {
  const value = ({ cells }: CsvRow) => cellText(cells[index] ?? '');
  const values = rows.slice(0, JUDGED_ROWS).map(value);
  if (values.some((text) => text !== '')) return values;
  const later = rows.slice(JUDGED_ROWS).find((row) => value(row) !== '');
  return later === undefined ? values : [...values, value(later)];
}

function shownSamples(values: string[]): string[] {
  const present = values.filter((value) => value !== '').slice(0, SHOWN_SAMPLES);
  return present.map(shortened);
}

function shortened(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH - 1)}…`;
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text.slice(0, 100))?.[0] ?? '';
}

function guessDelimiter(text: string): string {
  const { meta } = Papa.parse(text.slice(0, HEAD_BYTES), {
    preview: 20,
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  return meta.delimiter;
}

/** Rows that are not blank, of the file's beginning. */
function firstRows(text: string, delimiter: string, isWhole: boolean): CsvRow[] {
  for (const length of [4 * HEAD_BYTES, text.length]) {
    const reader = csvReader(delimiter, 0);
    const { rows } = reader.push(text.slice(0, length));
    const last = isWhole && length >= text.length ? reader.end().rows : [];
    const filled = [...rows, ...last].filter(isFilled);
    if (filled.length > 0) return filled.slice(0, JUDGED_ROWS);
  }
  return [];
}

function isFilled({ cells }: CsvRow): boolean {
  return cells.some((cell) => cellText(cell) !== '');
}

/** Names of columns hold no numbers or addresses of customers. */
function isHeader(cells: string[]): boolean {
  return !cells.map(cellText).some((cell) => {
    return (
      /^\d{6,}$/.test(cell) ||
      [looksLikePhone, looksLikeEmail, looksLikeUrl].some((looks) => looks(cell))
    );
  });
}

function widthOf(row: CsvRow | undefined): number {
  return row?.cells.length ?? 0;
}

/** The greatest number of cells that is not the mishap of a few rows. */
function usualWidth(rows: CsvRow[]): number {
  const widths = rows.map(widthOf).sort((a, b) => b - a);
  return widths[Math.floor(widths.length / 50)] ?? 0;
}

async function firstBytes(file: SourceFile, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.chunks(count)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function decodedText(
  file: SourceFile,
  encoding: Encoding,
  bytes: number,
  isWhole: boolean,
): Promise<string> {
  const decode: Decoder = decoder(encoding);
  let text = '';
  for await (const chunk of file.chunks(bytes)) text += decode.write(chunk);
  return isWhole ? text + decode.end() : text;
}

function isBlank(content: Buffer): boolean {
  return /^\ufeff?\s*$/.test(content.toString('utf8'));
}

function empty(): ImportError {
  return new ImportError('empty', 'The file is empty.');
}

function endlessLine(): ImportError {
  return new ImportError(
    'binary',
    'This is not a table: a single line of it is longer than 1 MiB.',
  );
}
