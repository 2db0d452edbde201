/**
 * Splits text that arrives in parts into complete CSV records, at constant memory.
 *
 * Quotes are understood as papaparse does: a field that begins with `"` ends at a `"` that is not
 * doubled and stands before a delimiter, a line break or the end of the text, white space aside;
 * quotes anywhere else are part of the value. Records end at `\n`, `\r\n` or `\r` outside quotes.
 *
 * A quote that is opened and not closed would swallow what follows. So where a record grows
 * beyond the limit inside quotes, or the text ends there, or what the quotes hold looks like
 * records, only the record's first line is rejected, and reading goes on at the next line.
 */

/** One record without its line break. */
export interface CsvRecord {
  text: string;
  /** From 1, of its beginning. */
  line: number;
}

export interface RejectedRecord {
  line: number;
  reason: string;
}

export interface SplitRecords {
  records: CsvRecord[];
  rejected: RejectedRecord[];
}

export interface RecordSplitter {
  /** The records that the text up to here completes. */
  push(text: string): SplitRecords;
  /** What is left at the end of the text. */
  end(): SplitRecords;
  /** Tells how many fields a record should have, by which strayed quotes are recognised. */
  expectFields(count: number): void;
}

/** Longest record, in UTF-16 code units. */
export const MAX_RECORD_LENGTH = 1024 * 1024;

/** @param delimiter one character */
export function recordSplitter(delimiter: string, limit = MAX_RECORD_LENGTH): RecordSplitter {
  return new Splitter(delimiter, limit);
}

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** Lines of a record that are looked at to see whether it swallowed other records. */
const LINES_TO_JUDGE = 5;

class Splitter implements RecordSplitter {
  private readonly delimiter: number;
  private expected = 0;
  private text = '';
  private final = false;

  /** Beginning of the record under way, and how far it is read. */
  private start = 0;
  private at = 0;
  private line = 1;
  /** State of the record under way. */
  private fields = 1;
  private atFieldStart = true;
  private inQuotes = false;
  private hadQuotes = false;
  /** Inside of a line that is too long: everything up to its end is dropped. */
  private skipping = false;
  /** No quote in this part of the text closes a field that was opened before it. */
  private unclosed = { from: 0, to: 0 };
  private out: SplitRecords = { records: [], rejected: [] };

  constructor(
    delimiter: string,
    private readonly limit: number,
  ) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  expectFields(count: number): void {
    this.expected = count;
  }

  push(text: string): SplitRecords {
    this.append(text);
    this.read();
    return this.take();
  }

  end(): SplitRecords {
    this.final = true;
    this.read();
    return this.take();
  }

  private append(text: string): void {
    const by = this.start;
    this.text = by < this.text.length ? this.text.slice(by) + text : text;
    this.start = 0;
    this.at -= by;
    this.unclosed.from -= by;
    this.unclosed.to -= by;
  }

  private take(): SplitRecords {
    const out = this.out;
    this.out = { records: [], rejected: [] };
    return out;
  }

  private read(): void {
    while (this.skipping ? this.skip() : this.readRecord());
  }

  /** Reads to the end of a record. @returns false when the text ends before */
  private readRecord(): boolean {
    while (this.inQuotes ? this.readQuoted() : this.readPlain());
    if (!this.inQuotes && this.isBreakAt(this.at)) return this.finishRecord();
    if (this.at - this.start > this.limit) return this.rejectTooLong();
    return this.final && this.finishText();
  }

  /** Reads to a line break or into quotes. @returns whether there is quoted text to read now */
  private readPlain(): boolean {
    const { text, delimiter } = this;
    let { at, atFieldStart } = this;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF || code === CR) break;
      if (code === delimiter) {
        this.fields++;
        atFieldStart = true;
      } else if (code === QUOTE && atFieldStart) {
        this.inQuotes = true;
        this.hadQuotes = true;
        at++;
        break;
      } else atFieldStart = false;
    }
    this.at = at;
    this.atFieldStart = atFieldStart;
    return this.inQuotes;
  }

  /** Reads to the end of the quoted field. @returns false when the text ends before */
  private readQuoted(): boolean {
    const from = this.at;
    let run = this.nextQuotes(from);
    while (run < this.text.length) {
      const end = this.endOfQuotes(run);
      const after = this.afterSpaces(end);
      if (after === this.text.length && !this.final) break;
      if ((end - run) % 2 === 1 && this.endsField(after)) {
        this.rememberUnclosed(from, run);
        this.at = after;
        this.inQuotes = false;
        this.atFieldStart = false;
        return true;
      }
      run = this.nextQuotes(end);
    }
    this.rememberUnclosed(from, run);
    this.at = run;
    return false;
  }

  /** Where the next quotes in a row begin, which may close the field; else the end of the text. */
  private nextQuotes(from: number): number {
    if (this.text.charCodeAt(from) === QUOTE) return from;
    const { unclosed } = this;
    const isKnown = from >= unclosed.from && from < unclosed.to;
    const quote = this.text.indexOf('"', isKnown ? unclosed.to : from);
    return quote === -1 ? this.text.length : quote;
  }

  private endOfQuotes(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === QUOTE) at++;
    return at;
  }

  /** So that a file full of strayed quotes is still read once, not once for each of them. */
  private rememberUnclosed(from: number, to: number): void {
    const known = this.unclosed;
    this.unclosed = { from: from >= known.from && from <= known.to ? known.from : from, to };
  }

  private afterSpaces(from: number): number {
    let at = from;
    while (at < this.text.length && this.isSpace(this.text.charCodeAt(at))) at++;
    return at;
  }

  private isSpace(code: number): boolean {
    if (code === this.delimiter || code === LF || code === CR) return false;
    return code === 32 || (code >= 9 && code <= 12) || (code >= 160 && isWideSpace(code));
  }

  private endsField(at: number): boolean {
    if (at === this.text.length) return this.final;
    const code = this.text.charCodeAt(at);
    return code === this.delimiter || code === LF || code === CR;
  }

  /** Whether a line break stands here: a `\r` at the end of the text so far may be half of one. */
  private isBreakAt(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === LF || (code === CR && (this.final || at + 1 < this.text.length));
  }

  private finishRecord(): boolean {
    const { start, line, text } = this;
    const isLong = this.hadQuotes && this.endOfLine(start) < this.at;
    const record = text.slice(start, this.at);
    if (record.length > this.limit) return this.rejectTooLong();
    if (isLong && this.hasSwallowed(record)) return this.rejectLine(CLOSED_TOO_LATE);
    this.out.records.push({ text: record, line });
    this.startRecord(this.afterBreak(this.at), line + 1 + (isLong ? countBreaks(record) : 0));
    return true;
  }

  /** The text ends within a record. */
  private finishText(): boolean {
    if (this.start === this.text.length) return false;
    return this.inQuotes ? this.rejectLine(NEVER_CLOSED) : this.finishRecord();
  }

  private startRecord(at: number, line: number): void {
    this.start = at;
    this.at = at;
    this.line = line;
    this.fields = 1;
    this.atFieldStart = true;
    this.inQuotes = false;
    this.hadQuotes = false;
  }

  private rejectTooLong(): boolean {
    const isOneLine = this.endOfLine(this.start) - this.start > this.limit;
    return this.rejectLine(isOneLine ? TOO_LONG : RUNS_ON);
  }

  /** Rejects the line where the record begins, and goes on behind it. */
  private rejectLine(reason: string): boolean {
    const end = this.endOfLine(this.start);
    const isHalfBreak = end < this.text.length && !this.isBreakAt(end);
    if (isHalfBreak) return false;
    this.out.rejected.push({ line: this.line, reason });
    this.startRecord(end, this.line);
    this.skipping = true;
    return true;
  }

  /** Drops text up to the next line break. @returns whether it came */
  private skip(): boolean {
    const end = this.endOfLine(this.at);
    this.startRecord(end, this.line);
    if (!this.isBreakAt(end)) return false;
    this.skipping = false;
    this.startRecord(this.afterBreak(end), this.line + 1);
    return true;
  }

  private endOfLine(from: number): number {
    const { text } = this;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF || code === CR) break;
    }
    return at;
  }

  private afterBreak(at: number): number {
    if (at >= this.text.length) return this.text.length;
    const isPair = this.text.charCodeAt(at) === CR && this.text.charCodeAt(at + 1) === LF;
    return at + (isPair ? 2 : 1);
  }

  /**
   * Whether a record of several lines looks as if a stray quote had swallowed other records: its
   * own number of fields is wrong, and the lines within have the right one; or that is right too,
   * but several lines within all have it and a phone number's worth of digits.
   */
  private hasSwallowed(record: string): boolean {
    const { expected } = this;
    if (expected < 2) return false;
    const lines = record.split(/\r\n?|\n/, LINES_TO_JUDGE + 1).slice(1);
    const alike = lines.filter((line) => this.countFields(line) === expected);
    if (this.fields !== expected) return alike.length * 2 > lines.length;
    const within = lines.length < LINES_TO_JUDGE ? lines.slice(0, -1) : lines;
    if (expected < 3 || within.length < 2) return false;
    return within.every((line) => alike.includes(line) && countDigits(line) >= 7);
  }

  private countFields(line: string): number {
    const delimiter = String.fromCharCode(this.delimiter);
    const splitter = new Splitter(delimiter, this.limit);
    splitter.text = line;
    splitter.final = true;
    while (splitter.inQuotes ? splitter.readQuoted() : splitter.readPlain());
    return splitter.inQuotes ? line.split(delimiter).length : splitter.fields;
  }
}

const TOO_LONG = 'the row is longer than 1 MiB';
const RUNS_ON = 'a quotation mark (") opens here and is not closed within 1 MiB';
const NEVER_CLOSED = 'a quotation mark (") opens here and is never closed';
const CLOSED_TOO_LATE = 'a quotation mark (") opens here and is closed only some lines later';

function countBreaks(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function countDigits(text: string): number {
  return text.match(/\d/g)?.length ?? 0;
}

/** White space beyond ASCII, as `String.prototype.trim` knows it. */
function isWideSpace(code: number): boolean {
  return String.fromCharCode(code).trim() === '';
}
