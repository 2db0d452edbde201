/**
 * RxDB's memory storage that tells of every write the store itself makes, with the state before and
 * after, and that can die in the middle of one: before it is on disk, or just after.
 */
import type {
  BulkWriteRow,
  RxStorage,
  RxStorageInstance,
  RxStorageInstanceCreationParams,
} from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RecordState } from '../../shared/record/record.ts';

/** The context with which the record store writes; replication uses others. */
const OWN_WRITE = 'satchel-update';
const KILLED = 'the laptop was killed';

export interface OwnWrite {
  /** Name of the database, which is the laptop's. */
  store: string;
  collection: string;
  before: RecordState | undefined;
  after: RecordState;
}

/** What becomes of the next write of a laptop that is about to be killed. */
export type Death = 'before the write' | 'after the write';

export class ObservedStorage {
  private readonly dying = new Map<string, Death>();
  private readonly memory = getRxStorageMemory();

  constructor(private readonly onOwnWrite: (write: OwnWrite) => void) {}

  /** From now on this store's writes fail for it; what they were about is on disk or not. */
  killAtNextWrite(store: string, death: Death): void {
    this.dying.set(store, death);
  }

  /** The store is opened again. */
  revive(store: string): void {
    this.dying.delete(store);
  }

  get storage(): RxStorage<unknown, unknown> {
    const { memory } = this;
    return {
      name: memory.name,
      rxdbVersion: memory.rxdbVersion,
      createStorageInstance: async <T>(params: RxStorageInstanceCreationParams<T, unknown>) => {
        const instance = await memory.createStorageInstance<T>(
          params as Parameters<typeof memory.createStorageInstance<T>>[0],
        );
        this.observe(instance as unknown as RxStorageInstance<RecordState, unknown, unknown>);
        return instance;
      },
    } as RxStorage<unknown, unknown>;
  }

  private observe(instance: RxStorageInstance<RecordState, unknown, unknown>): void {
    const { databaseName: store, collectionName: collection } = instance;
    const write = instance.bulkWrite.bind(instance);
    instance.bulkWrite = async (rows, context) => {
      if (context !== OWN_WRITE) return write(rows, context);
      const death = this.dying.get(store);
      if (death === 'before the write') throw new Error(KILLED);
      const result = await write(rows, context);
      const failed = new Set(result.error.map(({ documentId }) => documentId));
      for (const row of rows) {
        if (!failed.has(row.document.id)) this.tell(store, collection, row);
      }
      if (death !== undefined) throw new Error(KILLED);
      return result;
    };
  }

  private tell(store: string, collection: string, row: BulkWriteRow<RecordState>): void {
    this.onOwnWrite({ store, collection, before: row.previous, after: row.document });
  }
}
