/**
 * A record is a map of fields with a clock for each, in two layers: what people entered and what
 * machines brought (imports, webhooks, chat profiles). Where both layers hold a field, the
 * person's value shows.
 */
import { z } from 'zod';
import { type Clock, clockSchema, greaterClock, successor } from './clock.ts';
import { type Json, jsonSchema } from './json.ts';

export type Rank = 'person' | 'machine';
export const RANKS: readonly Rank[] = ['person', 'machine'];

/**
 * One layer. `clock['*']` is the base: the clock of every present field that has none of its own.
 * Canonical: the base is the most frequent clock (ties: the greatest), and no field repeats it.
 */
export interface Layer {
  values: Record<string, Json>;
  clock: Record<string, Clock>;
}

export interface RecordState {
  id: string;
  person: Layer;
  machine: Layer;
  /** When it was deleted last: only what is later remains. A clock without rank. */
  died?: Clock;
}

/** One value with its clock and rank. */
export interface Entry {
  value: Json;
  clock: Clock;
  rank: Rank;
}

export const BASE = '*';

/** Starts with a letter or digit, which keeps out `*` and `__proto__`. */
export const FIELD_ID_PATTERN = /^[a-z0-9][a-z0-9_./:-]{0,127}$/i;
export const MAX_RECORD_ID = 100;
export const MAX_FIELDS = 1000;

const fieldId = z.string().regex(FIELD_ID_PATTERN);
const layerSchema: z.ZodType<Layer> = z
  .strictObject({
    values: z.record(fieldId, jsonSchema),
    clock: z.record(z.union([z.literal(BASE), fieldId]), clockSchema),
  })
  .refine(({ values }) => Object.keys(values).length <= MAX_FIELDS, 'too many fields')
  .refine(isLayerConsistent, 'clocks and fields do not match');

/** What a record must look like wherever it crosses a process or the network. */
export const recordSchema: z.ZodType<RecordState> = z.strictObject({
  id: z.string().min(1).max(MAX_RECORD_ID),
  person: layerSchema,
  machine: layerSchema,
  died: z.exactOptional(clockSchema),
});

export function emptyLayer(): Layer {
  return { values: {}, clock: {} };
}

export function emptyRecord(id: string): RecordState {
  return { id, person: emptyLayer(), machine: emptyLayer() };
}

/** The clock of a field in one layer; undefined where the layer does not hold the field. */
export function layerClock(layer: Layer, field: string): Clock | undefined {
  if (!Object.hasOwn(layer.values, field)) return undefined;
  return Object.hasOwn(layer.clock, field) ? layer.clock[field] : layer.clock[BASE];
}

/** The entry of a field in the layer of `rank`, or undefined. */
export function entryOf(record: RecordState, field: string, rank: Rank): Entry | undefined {
  const clock = layerClock(record[rank], field);
  if (clock === undefined) return undefined;
  return { value: record[rank].values[field] ?? null, clock, rank };
}

/** The entry that shows: the person's, else the machine's. */
export function shownEntry(record: RecordState, field: string): Entry | undefined {
  return entryOf(record, field, 'person') ?? entryOf(record, field, 'machine');
}

/** The value that shows; undefined where the field was never set, null where it was cleared. */
export function shownValue(record: RecordState, field: string): Json | undefined {
  if (Object.hasOwn(record.person.values, field)) return record.person.values[field];
  if (Object.hasOwn(record.machine.values, field)) return record.machine.values[field];
  return undefined;
}

/** The ids of all fields that either layer holds, each once. */
export function fieldsOf(record: RecordState): string[] {
  const ids = Object.keys(record.person.values);
  for (const id of Object.keys(record.machine.values)) {
    if (!Object.hasOwn(record.person.values, id)) ids.push(id);
  }
  return ids;
}

/** The record with some of its fields only; not canonical before it is merged. */
export function selectFields(record: RecordState, keep: (field: string) => boolean): RecordState {
  return { ...record, person: select(record.person, keep), machine: select(record.machine, keep) };
}

/** The greatest clock in the record, its deletion included; undefined for an empty one. */
export function greatestClock(record: RecordState): Clock | undefined {
  let greatest = record.died;
  for (const rank of RANKS) {
    for (const clock of Object.values(record[rank].clock)) {
      if (greatest === undefined || clock > greatest) greatest = clock;
    }
  }
  return greatest;
}

/** A clock beyond all that the records hold. */
export function clockBeyondAll(
  clock: Clock,
  node: string,
  records: Iterable<RecordState | undefined>,
): Clock {
  let beyondAll = clock;
  for (const record of records) {
    const seen = record && greatestClock(record);
    if (seen !== undefined && seen >= beyondAll) {
      beyondAll = greaterClock(beyondAll, successor(seen, node));
    }
  }
  return beyondAll;
}

function select(layer: Layer, keep: (field: string) => boolean): Layer {
  const selected = emptyLayer();
  for (const [field, value] of Object.entries(layer.values)) {
    const clock = keep(field) ? layerClock(layer, field) : undefined;
    if (clock === undefined) continue;
    selected.values[field] = value;
    selected.clock[field] = clock;
  }
  return selected;
}

function isLayerConsistent({ values, clock }: Layer): boolean {
  const hasBase = Object.hasOwn(clock, BASE);
  const ownClocks = Object.keys(clock).filter((id) => id !== BASE);
  if (!ownClocks.every((id) => Object.hasOwn(values, id))) return false;
  return hasBase !== (ownClocks.length === Object.keys(values).length);
}
