/**
 * Stamping again what the server refused: entries of this store whose clocks are too far ahead,
 * after the laptop's time was found to be wrong.
 */
import { type Clock, clockMs, clockNode } from '../../shared/record/clock.ts';
import type { ByTimeAlone } from '../../shared/record/merge.ts';
import { canonicalRecord } from '../../shared/record/merge.ts';
import {
  emptyRecord,
  type Layer,
  layerClock,
  RANKS,
  type RecordState,
} from '../../shared/record/record.ts';

/** All clocks that a record holds, its deletion included. */
export function clocksOf({ person, machine, died }: RecordState): Clock[] {
  const clocks = [...Object.values(person.clock), ...Object.values(machine.clock)];
  return died === undefined ? clocks : [...clocks, died];
}

/** The clocks of a node that are beyond a time, in their order, each once. */
export function clocksAhead(
  records: Iterable<RecordState>,
  node: string,
  limitMs: number,
): Clock[] {
  const ahead = new Set<Clock>();
  for (const record of records) {
    for (const clock of clocksOf(record)) {
      if (clockNode(clock) === node && clockMs(clock) > limitMs) ahead.add(clock);
    }
  }
  return [...ahead].sort();
}

/** The record with some clocks replaced. */
export function withClocks(
  record: RecordState,
  replaced: ReadonlyMap<Clock, Clock>,
  byTimeAlone: ByTimeAlone,
): RecordState {
  const layer = ({ values, clock }: Layer): Layer => ({
    values,
    clock: Object.fromEntries(
      Object.entries(clock).map(([field, at]) => [field, replaced.get(at) ?? at]),
    ),
  });
  const { id, person, machine, died } = record;
  const stamped: RecordState = { id, person: layer(person), machine: layer(machine) };
  if (died !== undefined) stamped.died = replaced.get(died) ?? died;
  return canonicalRecord(stamped, byTimeAlone);
}

/** What a record held up to a clock, as far as it still shows. */
export function knownUpTo(record: RecordState, clock: Clock): RecordState {
  const known = emptyRecord(record.id);
  for (const rank of RANKS) {
    for (const [field, value] of Object.entries(record[rank].values)) {
      const at = layerClock(record[rank], field);
      if (at === undefined || at > clock) continue;
      known[rank].values[field] = value;
      known[rank].clock[field] = at;
    }
  }
  if (record.died !== undefined && record.died <= clock) known.died = record.died;
  return known;
}
