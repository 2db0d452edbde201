/**
 * The merge of two states of one record: field by field, by greatest clock, each rank for itself.
 * Commutative, associative and idempotent; its result is canonical, so that equal states are
 * deep-equal. App and server use this same function.
 */
import { type Clock, greaterClock } from './clock.ts';
import { canonicalJson, type Json, jsonEquals } from './json.ts';
import {
  BASE,
  type Entry,
  emptyRecord,
  fieldsOf,
  type Layer,
  layerClock,
  RANKS,
  type Rank,
  type RecordState,
  shownEntry,
} from './record.ts';

/** Says of which fields a person's entry does not outrank a machine's: time alone decides. */
export type ByTimeAlone = (field: string) => boolean;

/** Merges two states of the record with the same id. @throws Error when the ids differ */
export function mergeRecords(
  a: RecordState,
  b: RecordState,
  byTimeAlone: ByTimeAlone,
): RecordState {
  if (a.id !== b.id) throw new Error('merge of two different records');
  const entries: Entries = { person: new Map(), machine: new Map() };
  for (const state of [a, b]) {
    for (const rank of RANKS) addLayer(entries[rank], state[rank], rank);
  }
  keepOneByTime(entries, byTimeAlone);
  const died = latestDeath(a, b);
  if (died !== undefined) dropUpTo(died, entries);
  return toRecord(a.id, entries, died);
}

/** The record deleted at `clock`: what is not later is gone, and stays gone in every merge. */
export function deleteRecord(
  record: RecordState,
  clock: Clock,
  byTimeAlone: ByTimeAlone,
): RecordState {
  return mergeRecords(record, { ...emptyRecord(record.id), died: clock }, byTimeAlone);
}

/** The record with some fields set at one clock and rank, merged as if they came from elsewhere. */
export function setFields(
  record: RecordState,
  values: Record<string, Json>,
  clock: Clock,
  rank: Rank,
  byTimeAlone: ByTimeAlone,
): RecordState {
  const change = emptyRecord(record.id);
  change[rank] = { values, clock: Object.keys(values).length > 0 ? { [BASE]: clock } : {} };
  return mergeRecords(record, change, byTimeAlone);
}

/** The canonical form of a record that was put together by hand or read from a database. */
export function canonicalRecord(record: RecordState, byTimeAlone: ByTimeAlone): RecordState {
  return mergeRecords(record, record, byTimeAlone);
}

/** Whether two states hold the same values with the same clocks, in whatever form. */
export function recordsEqual(a: RecordState, b: RecordState): boolean {
  if (a.id !== b.id || a.died !== b.died) return false;
  return RANKS.every((rank) => layersEqual(a[rank], b[rank]));
}

/** The fields whose shown value differs between two states of a record. */
export function changedFields(before: RecordState, after: RecordState): string[] {
  const ids = new Set([...fieldsOf(before), ...fieldsOf(after)]);
  return [...ids].filter((id) => {
    const was = shownEntry(before, id);
    const is = shownEntry(after, id);
    if (was === undefined || is === undefined) return was !== is;
    return !jsonEquals(was.value, is.value);
  });
}

type Entries = Record<Rank, Map<string, Entry>>;

function addLayer(into: Map<string, Entry>, layer: Layer, rank: Rank): void {
  for (const field of Object.keys(layer.values)) {
    const clock = layerClock(layer, field);
    if (clock === undefined) continue;
    const entry: Entry = { value: layer.values[field] ?? null, clock, rank };
    const other = into.get(field);
    if (other === undefined || beats(entry, other)) into.set(field, entry);
  }
}

/** Greater clock; equal clocks: greater canonical JSON; equal values: the person's. */
function beats(a: Entry, b: Entry): boolean {
  if (a.clock !== b.clock) return a.clock > b.clock;
  if (!jsonEquals(a.value, b.value)) return canonicalJson(a.value) > canonicalJson(b.value);
  return a.rank === 'person' && b.rank === 'machine';
}

function keepOneByTime(entries: Entries, byTimeAlone: ByTimeAlone): void {
  for (const [field, person] of entries.person) {
    const machine = entries.machine.get(field);
    if (machine === undefined || !byTimeAlone(field)) continue;
    entries[beats(person, machine) ? 'machine' : 'person'].delete(field);
  }
}

function latestDeath(a: RecordState, b: RecordState): Clock | undefined {
  if (a.died === undefined || b.died === undefined) return a.died ?? b.died;
  return greaterClock(a.died, b.died);
}

function dropUpTo(died: Clock, entries: Entries): void {
  for (const rank of RANKS) {
    for (const [field, { clock }] of entries[rank]) {
      if (clock <= died) entries[rank].delete(field);
    }
  }
}

function toRecord(id: string, entries: Entries, died: Clock | undefined): RecordState {
  const layers = { person: toLayer(entries.person), machine: toLayer(entries.machine) };
  return died === undefined ? { id, ...layers } : { id, ...layers, died };
}

/** Fields in code-unit order, and the most frequent clock as the base. */
function toLayer(entries: Map<string, Entry>): Layer {
  const layer: Layer = { values: {}, clock: {} };
  const base = mostFrequentClock(entries.values());
  if (base === undefined) return layer;
  layer.clock[BASE] = base;
  for (const field of [...entries.keys()].sort()) {
    const entry = entries.get(field);
    if (entry === undefined) continue;
    layer.values[field] = entry.value;
    if (entry.clock !== base) layer.clock[field] = entry.clock;
  }
  return layer;
}

function mostFrequentClock(entries: Iterable<Entry>): Clock | undefined {
  const counts = new Map<Clock, number>();
  for (const { clock } of entries) counts.set(clock, (counts.get(clock) ?? 0) + 1);
  let best: Clock | undefined;
  let bestCount = 0;
  for (const [clock, count] of counts) {
    if (best === undefined || count > bestCount || (count === bestCount && clock > best)) {
      best = clock;
      bestCount = count;
    }
  }
  return best;
}

function layersEqual(a: Layer, b: Layer): boolean {
  const fields = Object.keys(a.values);
  if (fields.length !== Object.keys(b.values).length) return false;
  return fields.every((field) => {
    if (layerClock(a, field) !== layerClock(b, field)) return false;
    return jsonEquals(a.values[field] ?? null, b.values[field] ?? null);
  });
}
