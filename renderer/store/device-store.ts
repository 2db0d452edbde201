/** What this laptop knows about each of its stores, kept beside them and never replicated. */
import Dexie, { type Table } from 'dexie';
import { nodeIdFrom } from '../../shared/record/clock.ts';

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
}

/** The notes about one store. */
export class DeviceStore {
  private constructor(
    private readonly table: Table<StoreNotes, string>,
    private notes: StoreNotes,
    private readonly database: Dexie,
  ) {}

  /** Takes a new node id when the data directory is a restored or copied one. */
  static async open(store: string, installation: string): Promise<DeviceStore> {
    const database = new Dexie('satchel-device');
    database.version(1).stores({ stores: 'store' });
    const table = database.table<StoreNotes, string>('stores');
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

  close(): void {
    this.database.close();
  }

  private async change(values: Partial<StoreNotes>): Promise<void> {
    this.notes = { ...this.notes, ...values };
    await this.table.put(this.notes);
  }
}

function newNodeId(): string {
  return nodeIdFrom(crypto.getRandomValues(new Uint8Array(10)));
}
