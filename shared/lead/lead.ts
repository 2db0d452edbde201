/** A lead as people see it, derived from its record. */
import { clockMs } from '../record/clock.ts';
import type { Json } from '../record/json.ts';
import { fieldsOf, greatestClock, type RecordState, shownValue } from '../record/record.ts';
import { CUSTOM_PREFIX, FIELD } from './fields.ts';
import { FIRST_STAGE, type LeadState, leadStateSchema } from './pipeline.ts';
import { earliestVia, type Via } from './via.ts';

export interface Lead {
  /** The phone key, `x:…` without a usable phone. */
  key: string;
  phone: string;
  extension: string;
  name: string;
  state: LeadState;
  /** A member's id, or null. */
  assignee: string | null;
  /** ms since 1970: when the first intake brought it in */
  createdAt: number;
  /** ms since 1970: the greatest clock */
  updatedAt: number;
  /** Custom fields by id (`c/…`), set ones only. */
  custom: Record<string, Json>;
}

/** Key of a lead that came without a usable phone number. */
export const NO_PHONE_PREFIX = 'x:';

/** The lead a record shows, or undefined where nothing brought it in. */
export function leadOf(record: RecordState): Lead | undefined {
  const via = earliestVia(record);
  if (via === undefined) return undefined;
  const latest = greatestClock(record);
  return {
    key: record.id,
    phone: textOf(record, FIELD.phone),
    extension: textOf(record, FIELD.extension),
    name: textOf(record, FIELD.name),
    state: stateOf(record, via),
    assignee: assigneeOf(record, via),
    createdAt: via.at,
    updatedAt: latest === undefined ? via.at : clockMs(latest),
    custom: customOf(record),
  };
}

function stateOf(record: RecordState, via: Via): LeadState {
  const parsed = leadStateSchema.safeParse(shownValue(record, FIELD.state));
  return parsed.success ? parsed.data : { stage: via.stage || FIRST_STAGE, status: 'open' };
}

function assigneeOf(record: RecordState, via: Via): string | null {
  const value = shownValue(record, FIELD.assignee);
  if (value === undefined) return via.assignee;
  return typeof value === 'string' ? value : null;
}

function textOf(record: RecordState, field: string): string {
  const value = shownValue(record, field);
  return typeof value === 'string' ? value : '';
}

function customOf(record: RecordState): Record<string, Json> {
  const custom: Record<string, Json> = {};
  for (const field of fieldsOf(record)) {
    const value = field.startsWith(CUSTOM_PREFIX) ? shownValue(record, field) : undefined;
    if (value !== undefined && value !== null) custom[field] = value;
  }
  return custom;
}
