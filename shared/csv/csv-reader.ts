/** Reads rows of cells, with their lines, from text that arrives in parts. */
import Papa from 'papaparse';
import {
  type CsvRecord,
  type RejectedRecord,
  recordSplitter,
  type SplitRecords,
} from './record-splitter.ts';

export interface CsvRow {
  /** From 1. */
  line: number;
  cells: string[];
}

export interface ReadRows {
  rows: CsvRow[];
  rejected: RejectedRecord[];
}

export interface CsvReader {
  push(text: string): ReadRows;
  end(): ReadRows;
}

/** @param fields how many cells a row should have, 0 if that is not known */
export function csvReader(delimiter: string, fields: number): CsvReader {
  const splitter = recordSplitter(delimiter);
  splitter.expectFields(fields);
  const read = ({ records, rejected }: SplitRecords): ReadRows => {
    const [first] = records;
    const content = first !== undefined && isSeparatorLine(first) ? records.slice(1) : records;
    return { rows: parseRecords(content, delimiter), rejected };
  };
  return { push: (text) => read(splitter.push(text)), end: () => read(splitter.end()) };
}

/** The delimiter that a first line `sep=;` names, as Excel writes it for itself. */
export function namedDelimiter(firstLine: string): string | undefined {
  return /^\ufeff?"?sep=(.)"?\s*$/i.exec(firstLine)?.[1];
}

function isSeparatorLine({ line, text }: CsvRecord): boolean {
  return line === 1 && namedDelimiter(text) !== undefined;
}

/** All records at once, which is much faster than one by one. */
function parseRecords(records: CsvRecord[], delimiter: string): CsvRow[] {
  if (records.length === 0) return [];
  const cells = parse(`${records.map(({ text }) => text).join('\n')}\n`, delimiter);
  if (cells.length !== records.length)
    return records.map((record) => parseRecord(record, delimiter));
  return records.map(({ line }, i) => ({ line, cells: cells[i] ?? [] }));
}

/** By itself, should papaparse ever see other records in the text than the splitter does. */
function parseRecord({ text, line }: CsvRecord, delimiter: string): CsvRow {
  return { line, cells: parse(`${text}\n`, delimiter)[0] ?? [] };
}

/** The rows of a text that ends with a line break. */
function parse(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n', header: false }).data.slice(0, -1);
}
