/** Intake: how something that brings a lead (a row, a chat, a form) becomes part of its record. */
import { z } from 'zod';
import { type Clock, greaterClock, successor } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { type Json, jsonSchema } from '../record/json.ts';
import { setFields } from '../record/merge.ts';
import {
  emptyRecord,
  FIELD_ID_PATTERN,
  fieldsOf,
  greatestClock,
  MAX_RECORD_ID,
  type RecordState,
  shownValue,
} from '../record/record.ts';
import { VIA_PREFIX } from './fields.ts';

export const SOURCES = ['chat', 'broadcast', 'form', 'import', 'webhook'] as const;
export const viaSchema = z.object({
  source: z.enum(SOURCES),
  /** ms since 1970 */
  at: z.number(),
  stage: z.string(),
  assignee: z.string().nullable(),
});
/** How and when a lead came in, with the stage and assignee it has until somebody sets them. */
export type Via = z.infer<typeof viaSchema>;

/** What to do with rows whose phone is already a lead's. */
export const DUPLICATE_MODES = ['fillBlanks', 'overwrite', 'skip'] as const;
export type DuplicateMode = (typeof DUPLICATE_MODES)[number];

/** One thing that came in: the key of its lead and the values it brings. */
export const intakeRowSchema = z.object({
  /** Line in the file, from 1, of the row's beginning. */
  line: z.number().int().positive(),
  key: z.string().min(1).max(MAX_RECORD_ID),
  values: z.record(z.string().regex(FIELD_ID_PATTERN), jsonSchema),
});
export type IntakeRow = z.infer<typeof intakeRowSchema>;

export interface Intake {
  /** Unique for each import, message or form. */
  id: string;
  via: Via;
  clock: Clock;
  mode: DuplicateMode;
}

export type IntakeOutcome = 'created' | 'merged' | 'unchanged' | 'skipped';

/**
 * What one row makes of the record its key has now.
 * @param seen whether an earlier row of the same intake had this key: such rows only fill blanks,
 *   so that rows of one phone count as combined, the first that has a value giving it
 * @param node the node that stamps, should an overwrite need a clock beyond the intake's
 */
export function applyIntake(
  current: RecordState | undefined,
  { key, values }: Pick<IntakeRow, 'key' | 'values'>,
  intake: Intake,
  seen: boolean,
  node: string,
): { outcome: IntakeOutcome; record: RecordState } {
  const byTimeAlone = byTimeAloneIn('leads');
  const brought = withoutBlanks(values);
  if (current === undefined || !hasVia(current)) {
    const record = setFields(
      current ?? emptyRecord(key),
      { ...brought, [VIA_PREFIX + intake.id]: intake.via },
      current ? clockBeyond(current, intake.clock, node) : intake.clock,
      'machine',
      byTimeAlone,
    );
    return { outcome: 'created', record };
  }
  if (intake.mode === 'skip' && !seen) return { outcome: 'skipped', record: current };
  const overwrite = intake.mode === 'overwrite' && !seen;
  const news = newsFor(current, brought, overwrite);
  if (Object.keys(news).length === 0) return { outcome: 'unchanged', record: current };
  const clock = overwrite ? clockBeyond(current, intake.clock, node) : intake.clock;
  const filled = setFields(current, news, clock, overwrite ? 'person' : 'machine', byTimeAlone);
  const record = setFields(
    filled,
    { [VIA_PREFIX + intake.id]: intake.via },
    intake.clock,
    'machine',
    byTimeAlone,
  );
  return { outcome: 'merged', record };
}

/** Whether something brought the lead in: without it, a record is not shown as a lead. */
export function hasVia(record: RecordState): boolean {
  return fieldsOf(record).some((field) => field.startsWith(VIA_PREFIX));
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** A blank never overwrites, so it is as if it were not there. */
function withoutBlanks(values: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
}

function newsFor(
  current: RecordState,
  brought: Record<string, Json>,
  overwrite: boolean,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(brought).filter(([field, value]) => {
      const shown = shownValue(current, field);
      return isBlank(shown) || (overwrite && shown !== value);
    }),
  );
}

function clockBeyond(record: RecordState, clock: Clock, node: string): Clock {
  const seen = greatestClock(record);
  return seen === undefined || seen < clock ? clock : greaterClock(clock, successor(seen, node));
}
