/** The rows of a push, each read by itself: a bad one is refused and hinders no other. */
import { z } from 'zod';
import { MAX_PUSH_ROWS, pushRequestSchema, type Refusal } from '../../shared/protocol/sync.ts';
import { isStorable } from '../../shared/record/json.ts';
import type { ByTimeAlone } from '../../shared/record/merge.ts';
import { mergeRecords } from '../../shared/record/merge.ts';
import { type RecordState, recordSchema } from '../../shared/record/record.ts';
import { ApiError, describeIssues } from '../errors.ts';

/** A record of many pages' text is far below; 1,000 of them still make one answer. */
export const MAX_RECORD_TEXT = 256 * 1024;
/** Depth of objects and arrays in a record, itself included: readers of JSON recurse. */
const MAX_DEPTH = 32;
const MAX_ID_IN_REFUSAL = 1000;

/** What a push says of one record. */
export interface SentRecord {
  /** As it was sent, once or more. */
  sent: RecordState[];
  /** All of it merged. */
  state: RecordState;
}

/** @throws ApiError or ZodError when the request as a whole does not fit */
export function readPushRows(
  body: unknown,
  byTimeAlone: ByTimeAlone,
): { records: Map<string, SentRecord>; refused: Refusal[] } {
  assertRowCount(body);
  const records = new Map<string, SentRecord>();
  const refused: Refusal[] = [];
  for (const row of pushRequestSchema.parse(body).rows) {
    const parsed = parseRecord(row.record);
    if (typeof parsed === 'string') {
      refused.push({ id: idOf(row.record), code: 'invalid', message: parsed });
      continue;
    }
    const known = records.get(parsed.id);
    const state = mergeRecords(known?.state ?? parsed, parsed, byTimeAlone);
    records.set(parsed.id, { sent: [...(known?.sent ?? []), parsed], state });
  }
  return { records, refused };
}

function assertRowCount(body: unknown): void {
  const rows: unknown = Reflect.get(Object(body), 'rows');
  if (!Array.isArray(rows) || rows.length <= MAX_PUSH_ROWS) return;
  throw new ApiError('too-large', `A push may hold at most ${MAX_PUSH_ROWS} records.`);
}

/** The record, or why it is none. */
function parseRecord(value: unknown): RecordState | string {
  const flaw = flawIn(value);
  if (flaw !== undefined) return flaw;
  if (JSON.stringify(value ?? null).length > MAX_RECORD_TEXT) return 'This record is too large.';
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return `This record can't be read: ${describe(parsed.error)}`;
  const { id, person, machine } = parsed.data;
  if ([id, person.values, machine.values].every(isStorable)) return parsed.data;
  return 'This record holds characters that can’t be stored (NUL or half a surrogate pair).';
}

function describe(error: z.ZodError): string {
  return describeIssues(new z.ZodError(error.issues.slice(0, 1))).slice(0, 200);
}

/** What a reader that recurses, or sets properties, should not meet. */
function flawIn(value: unknown): string | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return 'This record is nested too deeply.';
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (Object.hasOwn(item, '__proto__')) return 'This record holds a field named __proto__.';
      for (const child of Object.values(item)) next.push(child);
    }
    level = next;
  }
  return undefined;
}

function idOf(value: unknown): string {
  const id: unknown = Reflect.get(Object(value), 'id');
  return typeof id === 'string' ? id.slice(0, MAX_ID_IN_REFUSAL) : '';
}
