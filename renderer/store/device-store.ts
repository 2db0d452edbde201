/** What this laptop knows about each of its stores, kept beside them and never replicated. */
import Dexie, { type Table } from 'dexie';
import { type Clock, nodeIdFrom } from '../../shared/record/clock.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';

/** What was known when a collection began to replicate anew, as the server's history was lost. */
export interface Resync {
  /** Counts the beginnings. */
  epoch: number;
  /** Entries up to this clock were known, but for the records in `assumed`. */
  clock: Clock;
  /** What the server had, as far as was known, of records with unsent changes; by id. */
  assumed: Record<string, RecordState | null>;
}

/** A change that can be undone, or redone. */
export interface StoredOperation {
  id?: number;
  store: string;
  stack: 'undo' | 'redo';
  operation: unknown;
}

interface StoreNotes {
  store: string;
  /** Node id of this store's clocks. */
  node: string;
  /** Data directory in which `node` was taken; see `AppState.installation`. */
  installation: string;
  /** ms to add to this laptop's time to have the server's. */
  clockOffset: number;
  /** Records that the server refused, by `collection/id`, with its reason. */
  refused: Record<string, string>;
  /** By collection. */
  resyncs?: Partial<Record<CollectionName, Resync>>;
}

/** The notes about one store. */
export class DeviceStore {
  private constructor(
    private readonly table: Table<StoreNotes, string>,
    private notes: StoreNotes,
    private readonly database: DeviceDatabase,
  ) {}

  /** Takes a new node id when the data directory is a restored or copied one. */
  static async open(store: string, installation: string): Promise<DeviceStore> {
    const database = deviceDatabase();
    const table = database.stores;
    const known = await table.get(store);
    const notes: StoreNotes =
      known?.installation === installation
        ? known
        : { clockOffset: 0, refused: {}, ...known, store, installation, node: newNodeId() };
    const device = new DeviceStore(table, notes, database);
    if (notes !== known) await table.put(notes);
    return device;
  }

  get node(): string {
    return this.notes.node;
  }

  get clockOffset(): number {
    return this.notes.clockOffset;
  }

  get refused(): Readonly<Record<string, string>> {
    return this.notes.refused;
  }

  async setClockOffset(clockOffset: number): Promise<void> {
    await this.change({ clockOffset });
  }

  async setRefused(refused: Record<string, string>): Promise<void> {
    await this.change({ refused });
  }

  /** Kept in an order that the ids give. */
  get operations(): Table<StoredOperation, number> {
    return this.database.operations;
  }

  resyncOf(collection: CollectionName): Resync | undefined {
    return this.notes.resyncs?.[collection];
  }

  /** The server lost the collection's history: replication begins anew, under another name. */
  async beginAnew(
    collection: CollectionName,
    clock: Clock,
    assumed: Resync['assumed'],
  ): Promise<void> {
    const epoch = (this.resyncOf(collection)?.epoch ?? 0) + 1;
    await this.change({
      resyncs: { ...this.notes.resyncs, [collection]: { epoch, clock, assumed } },
    });
  }

  close(): void {
    this.database.close();
  }

  /** Forgets a store that is gone for good. */
  static async forget(store: string): Promise<void> {
    const database = deviceDatabase();
    try {
      await database.stores.delete(store);
      await database.operations.where({ store }).delete();
    } finally {
      database.close();
    }
  }

  private async change(values: Partial<StoreNotes>): Promise<void> {
    this.notes = { ...this.notes, ...values };
    await this.table.put(this.notes);
  }
}

type DeviceDatabase = Dexie & {
  stores: Table<StoreNotes, string>;
  operations: Table<StoredOperation, number>;
};

function deviceDatabase(): DeviceDatabase {
  const database = new Dexie('satchel-device') as DeviceDatabase;
  database.version(1).stores({ stores: 'store' });
  database.version(2).stores({ stores: 'store', operations: '++id, store, [store+stack]' });
  return database;
}

function newNodeId(): string {
  return nodeIdFrom(crypto.getRandomValues(new Uint8Array(10)));
}
