/**
 * From records to the leads that show. A record that moved shows under the number it leads to, merged
 * with all others that lead there; so does what was entered late for a number that was typed wrong.
 */
import { FIELD } from '../../shared/lead/fields.ts';
import { MoveGraph, mergeMoved, moveOf } from '../../shared/lead/moves.ts';
import { correctionOf, lateEdits } from '../../shared/lead/numbers.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { emptyRecord, type RecordState, shownValue } from '../../shared/record/record.ts';
import type { RecordStore } from './record-store.ts';
import type { LateEdit } from './store-contract.ts';

const byTimeAlone = byTimeAloneIn('leads');

/** Takes in records as the table shows them; one without via shows nothing. */
export interface LeadTable {
  put(records: RecordState[]): void;
}

export class ShownLeads {
  private readonly moves = new MoveGraph();
  /** The records that take part in moves; null where there is none of that key. */
  private readonly states = new Map<string, RecordState | null>();
  /** Where the values of numbers typed wrong went. */
  private readonly corrections = new Map<string, string>();
  /** Numbers typed wrong for which somebody entered something later. */
  private readonly late = new Map<string, RecordState>();
  private fetched: Promise<void> = Promise.resolve();

  constructor(
    private readonly table: LeadTable,
    private readonly records: Pick<RecordStore, 'get'>,
    private readonly onFetched: () => void = () => {},
  ) {}

  /** Takes in records as they are now, in the order in which they changed. */
  put(records: RecordState[]): void {
    const batch = new Map(records.map((record) => [record.id, record]));
    const affected = new Set<string>();
    for (const record of batch.values()) {
      this.noteCorrection(record);
      const move = moveOf(record);
      if (move === undefined && !this.moves.has(record.id)) continue;
      for (const id of this.groupOf(record.id)) affected.add(id);
      this.moves.set(record.id, move);
      for (const id of this.groupOf(record.id)) affected.add(id);
    }
    for (const id of affected) {
      const record = batch.get(id);
      if (record) this.states.set(id, record);
    }
    this.table.put(affected.size === 0 ? records : records.filter(({ id }) => !affected.has(id)));
    if (affected.size > 0) this.show(affected);
  }

  /** Resolves when records that were missing have been fetched and shown. */
  settled(): Promise<void> {
    return this.fetched;
  }

  /** The key under which the lead of a record shows. */
  rootOf(key: string): string {
    return this.moves.rootOf(key);
  }

  /** Keys of all records that show under a root, itself first. */
  membersOf(root: string): string[] {
    return this.moves.membersOf(root);
  }

  /** What people entered for wrong numbers of the lead after they were corrected. */
  lateEditsOf(root: string): LateEdit[] {
    return [...this.late.values()].flatMap((record) => {
      if (this.leadOfWrong(record.id) !== root) return [];
      return Object.entries(lateEdits(record)).map(([field, value]) => ({
        record: record.id,
        field,
        value,
      }));
    });
  }

  /** The lead to which the values of a wrong number went, through later corrections and moves. */
  leadOfWrong(wrong: string): string {
    const visited = new Set<string>();
    let at = wrong;
    for (let to = this.corrections.get(at); to !== undefined; to = this.corrections.get(at)) {
      if (visited.has(at)) break;
      visited.add(at);
      at = this.moves.rootOf(to);
    }
    return at;
  }

  private groupOf(id: string): string[] {
    return this.moves.membersOf(this.moves.rootOf(id));
  }

  private noteCorrection(record: RecordState): void {
    const to = correctionOf(record);
    if (to === undefined) {
      this.corrections.delete(record.id);
      this.late.delete(record.id);
      return;
    }
    this.corrections.set(record.id, to);
    if (Object.keys(lateEdits(record)).length > 0) this.late.set(record.id, record);
    else this.late.delete(record.id);
  }

  /** Shows what is known; groups of which a record is missing follow once it is there. */
  private show(affected: ReadonlySet<string>): void {
    const missing = [...affected].filter((id) => !this.states.has(id));
    const waiting = new Set(missing.flatMap((id) => [id, ...this.groupOf(id)]));
    this.showNow([...affected].filter((id) => !waiting.has(id)));
    if (missing.length === 0) return;
    this.fetched = this.fetched
      .then(() => this.fetch(missing, new Set([...affected].filter((id) => waiting.has(id)))))
      // The store was closed meanwhile, or can't be read, which whoever asked it is told.
      .catch(() => undefined);
  }

  private async fetch(missing: string[], affected: ReadonlySet<string>): Promise<void> {
    const found = await this.records.get(missing);
    for (const id of missing) {
      if (!this.states.has(id)) this.states.set(id, found.get(id) ?? null);
    }
    this.show(affected);
    this.onFetched();
  }

  private showNow(ids: string[]): void {
    this.table.put(
      ids.map((id) => {
        if (!this.moves.has(id)) return this.letGo(id);
        return this.moves.rootOf(id) === id ? this.merged(id) : emptyRecord(id);
      }),
    );
  }

  private letGo(id: string): RecordState {
    const record = this.states.get(id);
    this.states.delete(id);
    return record ?? emptyRecord(id);
  }

  private merged(root: string): RecordState {
    return shownRecord(
      root,
      this.moves.membersOf(root).flatMap((id) => this.states.get(id) ?? []),
    );
  }
}

/** The record that shows for a root, of all that lead to it. */
export function shownRecord(root: string, members: RecordState[]): RecordState {
  const [only] = members;
  if (members.length === 1 && only?.id === root) return only;
  return mergeMoved(root, members, byTimeAlone);
}

/** Numbers that lead to a root. */
export function formerNumbers(
  root: string,
  members: RecordState[],
): { key: string; phone: string }[] {
  return members
    .filter(({ id }) => id !== root)
    .map((record) => {
      const phone = shownValue(record, FIELD.phone);
      return { key: record.id, phone: typeof phone === 'string' ? phone : '' };
    });
}
