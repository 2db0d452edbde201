/** The rows of a push, each read by itself: a bad one is refused and hinders no other. */
import { z } from 'zod';
import {
  MAX_PUSH_ROWS,
  type PushRow,
  pushRowSchema,
  type Refusal,
} from '../../shared/protocol/sync.ts';
import { isStorable } from '../../shared/record/json.ts';
import { ApiError, describeIssues } from '../errors.ts';

const requestSchema = z.object({ rows: z.array(z.unknown()) });
/** A row of many pages' text is far below; 1,000 of them still make one answer. */
export const MAX_RECORD_TEXT = 256 * 1024;
/** Depth of objects and arrays in a row, itself included: readers of JSON recurse. */
const MAX_DEPTH = 33;
const MAX_ID_IN_REFUSAL = 1000;

/** @throws ApiError or ZodError when the request as a whole does not fit */
export function readPushRows(body: unknown): { rows: PushRow[]; refused: Refusal[] } {
  assertRowCount(body);
  const rows: PushRow[] = [];
  const refused: Refusal[] = [];
  for (const row of requestSchema.parse(body).rows) {
    const parsed = parseRow(row);
    if (typeof parsed !== 'string') rows.push(parsed);
    else refused.push({ id: idOf(row), code: 'invalid', message: parsed });
  }
  return { rows, refused };
}

function assertRowCount(body: unknown): void {
  const rows: unknown = Reflect.get(Object(body), 'rows');
  if (!Array.isArray(rows) || rows.length <= MAX_PUSH_ROWS) return;
  throw new ApiError('too-large', `A push may hold at most ${MAX_PUSH_ROWS} records.`);
}

/** The row, or why it is none. */
function parseRow(row: unknown): PushRow | string {
  const flaw = flawIn(row);
  if (flaw !== undefined) return flaw;
  if (JSON.stringify(row ?? null).length > MAX_RECORD_TEXT) return 'This record is too large.';
  const parsed = pushRowSchema.safeParse(row);
  if (!parsed.success) return `This record can't be read: ${describe(parsed.error)}`;
  const { id, person, machine } = parsed.data.record;
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

function idOf(row: unknown): string {
  const id: unknown = Reflect.get(Object(Reflect.get(Object(row), 'record')), 'id');
  return typeof id === 'string' ? id.slice(0, MAX_ID_IN_REFUSAL) : '';
}
