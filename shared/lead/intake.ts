/** Intake: how something that brings a lead (a row, a chat, a form) becomes part of its record. */
import { z } from 'zod';
import type { Clock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { type Json, jsonEquals, jsonSchema } from '../record/json.ts';
import { setFields } from '../record/merge.ts';
import {
  clockBeyondAll,
  emptyRecord,
  FIELD_ID_PATTERN,
  MAX_RECORD_ID,
  type Rank,
  type RecordState,
  shownEntry,
} from '../record/record.ts';
import { VIA_PREFIX } from './fields.ts';
import { hasVia, type Via } from './via.ts';

const byTimeAlone = byTimeAloneIn('leads');

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
  /** Whose values they are: a person's, from a form, or a machine's. */
  rank: Rank;
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
  const brought = withoutBlanks(values);
  if (current === undefined || !hasVia(current)) {
    return { outcome: 'created', record: create(current, key, brought, intake, node) };
  }
  if (intake.mode === 'skip' && !seen) return { outcome: 'skipped', record: current };
  const overwrite = intake.mode === 'overwrite' && !seen;
  const news = newsFor(current, brought, overwrite, intake.rank);
  if (Object.keys(news).length === 0) return { outcome: 'unchanged', record: current };
  // An import told to overwrite is a person's doing.
  const rank = overwrite ? 'person' : intake.rank;
  const clock = rank === 'person' ? clockBeyondAll(intake.clock, node, [current]) : intake.clock;
  return { outcome: 'merged', record: bring(current, news, { ...intake, rank }, clock) };
}

/** A new lead, perhaps on a record that was deleted: what was written to it since then stays. */
function create(
  current: RecordState | undefined,
  key: string,
  brought: Record<string, Json>,
  intake: Intake,
  node: string,
): RecordState {
  if (current === undefined) return bring(emptyRecord(key), brought, intake, intake.clock);
  const news = newsFor(current, brought, false, intake.rank);
  return bring(current, news, intake, clockBeyondAll(intake.clock, node, [current]));
}

/** Sets values and the via entry, which is always a machine's, in as few merges as possible. */
function bring(
  record: RecordState,
  values: Record<string, Json>,
  { id, via, rank }: Intake,
  clock: Clock,
): RecordState {
  const entry = { [VIA_PREFIX + id]: via };
  if (rank === 'machine')
    return setFields(record, { ...values, ...entry }, clock, rank, byTimeAlone);
  return setFields(
    setFields(record, values, clock, rank, byTimeAlone),
    entry,
    clock,
    'machine',
    byTimeAlone,
  );
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
  rank: Rank,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(brought).filter(([field, value]) => {
      const shown = shownEntry(current, field);
      if (overwrite && (!shown || !jsonEquals(shown.value, value))) return true;
      // What a person cleared is not a blank for machines to fill: it would not even show.
      return isBlank(shown?.value) && (rank === 'person' || shown?.rank !== 'person');
    }),
  );
}
