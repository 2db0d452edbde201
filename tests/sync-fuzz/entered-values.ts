/**
 * The ledger of all that people entered. In the end each value must be current, superseded by
 * somebody who had it before them, or kept as a conflict.
 */
import { conflictOf } from '../../shared/lead/activity.ts';
import { type Clock, clockNode } from '../../shared/record/clock.ts';
import { type Json, jsonEquals } from '../../shared/record/json.ts';
import { entryOf, type RecordState, shownValue } from '../../shared/record/record.ts';
import type { OwnWrite } from './observed-storage.ts';

interface Entered {
  record: string;
  field: string;
  clock: Clock;
  value: Json;
}

export class EnteredValues {
  private readonly entered = new Map<string, Entered>();
  private readonly superseded = new Set<string>();

  get count(): number {
    return this.entered.size;
  }

  /** @param node of the laptop that wrote: other nodes' entries only passed through */
  note({ before, after }: OwnWrite, node: string): void {
    for (const field of Object.keys(after.person.values)) {
      const entry = entryOf(after, field, 'person');
      if (!entry || clockNode(entry.clock) !== node) continue;
      if (before && entryOf(before, field, 'person')?.clock === entry.clock) continue;
      const { clock, value } = entry;
      if (!isOnlyTheirs(value)) continue;
      this.entered.set(idOf(after.id, field, clock), { record: after.id, field, clock, value });
    }
    for (const field of Object.keys(before?.person.values ?? {})) {
      const was = before && entryOf(before, field, 'person');
      if (!was || entryOf(after, field, 'person')?.clock === was.clock) continue;
      this.superseded.add(idOf(after.id, field, was.clock));
    }
  }

  /** What was lost, in words; empty when all is well. */
  lostIn(records: ReadonlyMap<string, RecordState>, activities: Iterable<RecordState>): string[] {
    const conflicts = new Set<string>();
    for (const activity of activities) {
      const conflict = conflictOf(activity);
      if (conflict) conflicts.add(idOf(conflict.record, conflict.field, conflict.lostClock));
    }
    return [...this.entered].flatMap(([id, entered]) => {
      const record = records.get(entered.record);
      if (this.superseded.has(id) || conflicts.has(id) || isCurrent(record, entered)) return [];
      return [`${JSON.stringify(entered)} is gone: ${JSON.stringify(record)}`];
    });
  }
}

/** Blanks and numbers are what anybody may enter alike, and equal values make no conflict. */
function isOnlyTheirs(value: Json): boolean {
  return typeof value === 'string' && /^(edit|form) \d/.test(value);
}

/** The entry itself, or another one with the same value, which makes no conflict. */
function isCurrent(record: RecordState | undefined, { field, clock, value }: Entered): boolean {
  if (record === undefined) return false;
  if (entryOf(record, field, 'person')?.clock === clock) return true;
  return jsonEquals(shownValue(record, field) ?? null, value);
}

function idOf(record: string, field: string, clock: Clock): string {
  return JSON.stringify([record, field, clock]);
}
