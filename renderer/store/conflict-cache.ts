/** The conflicts between people, read once and kept current: few, and shown with their leads. */
import { type ConflictActivity, conflictOf } from '../../shared/lead/activity.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { RecordStore } from './record-store.ts';

export class ConflictCache {
  private readonly byId = new Map<string, ConflictActivity>();
  private readonly byRecord = new Map<string, Set<string>>();

  /** Reads everything and follows changes. */
  async follow(
    store: RecordStore,
    onChange: () => void,
    onRead: (records: RecordState[]) => void,
  ): Promise<void> {
    store.onChange((records) => {
      if (this.put(records)) onChange();
    });
    for await (const records of store.all(1000)) {
      this.put(records);
      onRead(records);
    }
  }

  get(id: string): ConflictActivity | undefined {
    return this.byId.get(id);
  }

  /** Open and resolved ones, the latest first. */
  of(collection: CollectionName, records: readonly string[]): ConflictActivity[] {
    return records
      .flatMap((record) => [...(this.byRecord.get(placeOf(collection, record)) ?? [])])
      .flatMap((id) => this.byId.get(id) ?? [])
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }

  private put(records: RecordState[]): boolean {
    let changed = false;
    for (const record of records) {
      const conflict = conflictOf(record);
      if (conflict === undefined) continue;
      changed = true;
      this.byId.set(conflict.id, conflict);
      const place = placeOf(conflict.collection, conflict.record);
      const ids = this.byRecord.get(place);
      if (ids) ids.add(conflict.id);
      else this.byRecord.set(place, new Set([conflict.id]));
    }
    return changed;
  }
}

function placeOf(collection: CollectionName, record: string): string {
  return `${collection} ${record}`;
}
