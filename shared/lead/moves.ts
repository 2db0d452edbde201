/**
 * Moves: a lead whose number changed. The old record gets one field, `movedTo`, and nothing is
 * copied: the lead that shows is the merge of all records that lead to it, so late edits of an old
 * record show too, and clearing the field undoes the move.
 */
import type { Clock } from '../record/clock.ts';
import type { ByTimeAlone } from '../record/merge.ts';
import { mergeRecords } from '../record/merge.ts';
import {
  emptyRecord,
  type RecordState,
  selectFields,
  shownEntry,
  shownValue,
} from '../record/record.ts';
import { FIELD } from './fields.ts';

const NUMBER_FIELDS: ReadonlySet<string> = new Set([FIELD.phone, FIELD.extension]);

/** A record's way to the one that goes on for it. */
export interface Move {
  to: string;
  clock: Clock;
}

/** Where a record moved to, or undefined. */
export function moveOf(record: RecordState): Move | undefined {
  const entry = shownEntry(record, FIELD.movedTo);
  if (typeof entry?.value !== 'string' || entry.value === record.id) return undefined;
  return { to: entry.value, clock: entry.clock };
}

/**
 * All moves known. Concurrent moves may close a loop: then the move with the least clock, and of
 * equal ones that of the least key, is ignored.
 */
export class MoveGraph {
  private readonly moves = new Map<string, Move>();
  private readonly origins = new Map<string, Set<string>>();

  /** Notes where a record leads, or that it leads nowhere. */
  set(id: string, move: Move | undefined): void {
    const before = this.moves.get(id);
    if (before) this.forgetOrigin(before.to, id);
    if (!move) {
      this.moves.delete(id);
      return;
    }
    this.moves.set(id, move);
    const origins = this.origins.get(move.to);
    if (origins) origins.add(id);
    else this.origins.set(move.to, new Set([id]));
  }

  /** Whether a record moved or is moved to. */
  has(id: string): boolean {
    return this.moves.has(id) || this.origins.has(id);
  }

  /** The record under which the lead shows. */
  rootOf(id: string): string {
    const path: string[] = [];
    const visited = new Set<string>();
    let at = id;
    for (let move = this.moves.get(at); move; move = this.moves.get(at)) {
      if (visited.has(at)) return this.weakestOf(path.slice(path.indexOf(at)));
      visited.add(at);
      path.push(at);
      at = move.to;
    }
    return at;
  }

  /** All records that lead to a root, itself first. */
  membersOf(root: string): string[] {
    const members = new Set([root]);
    for (const member of members) {
      for (const origin of this.origins.get(member) ?? []) members.add(origin);
    }
    return [...members];
  }

  private weakestOf(loop: string[]): string {
    return loop.reduce((weakest, id) => (this.isWeaker(id, weakest) ? id : weakest));
  }

  private isWeaker(a: string, b: string): boolean {
    const [x, y] = [this.moves.get(a)?.clock ?? '', this.moves.get(b)?.clock ?? ''];
    return x === y ? a < b : x < y;
  }

  private forgetOrigin(to: string, id: string): void {
    const origins = this.origins.get(to);
    origins?.delete(id);
    if (origins?.size === 0) this.origins.delete(to);
  }
}

/**
 * The record that shows for a root: all that lead to it merged, without their deletions. The number
 * is the root's own, if it says one: those of the others are former numbers.
 */
export function mergeMoved(
  root: string,
  members: Iterable<RecordState>,
  byTimeAlone: ByTimeAlone,
): RecordState {
  const states = [...members];
  const hasNumber = states.some((state) => state.id === root && shownValue(state, FIELD.phone));
  let merged = emptyRecord(root);
  for (const state of states) {
    const isFormer = hasNumber && state.id !== root;
    const shown = isFormer ? selectFields(state, (field) => !NUMBER_FIELDS.has(field)) : state;
    const { person, machine } = shown;
    merged = mergeRecords(merged, { id: root, person, machine }, byTimeAlone);
  }
  return merged;
}
