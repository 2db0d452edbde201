/** Stores as a test opens them: on this machine's memory, and closed at its end. */
import { type RxStorage, randomToken } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { formatClock } from '../../shared/record/clock.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import type { Json } from '../../shared/record/json.ts';
import { setFields } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { LeadStore, type StoreOptions } from './lead-store.ts';
import type { LeadRow } from './store-contract.ts';

let stores = 0;

export class Laptops {
  private readonly opened = new Set<LeadStore>();

  constructor(readonly storage: RxStorage<unknown, unknown> = getRxStorageMemory()) {}

  async open(options: Partial<StoreOptions> = {}): Promise<LeadStore> {
    const store = await LeadStore.open(
      {
        store: `test-${randomToken(6).toLowerCase()}-${stores++}`,
        replicated: true,
        country: 'BR',
        timeZone: 'America/Recife',
        installation: 'here',
        ...options,
      },
      this.storage,
      { leadsChanged: () => {}, workspaceChanged: () => {}, syncStatus: () => {} },
    );
    this.opened.add(store);
    return store;
  }

  async close(store: LeadStore): Promise<void> {
    this.opened.delete(store);
    await store.close();
  }

  async closeAll(): Promise<void> {
    for (const store of this.opened) await this.close(store);
  }
}

/** The first leads by name. */
export function leadsOf(store: LeadStore): LeadRow[] {
  return store.query({ sort: [{ column: 'name', direction: 'asc' }], page: 0, pageSize: 100 }).rows;
}

/** Imports rows of name by phone key, as the import process would send them. */
export async function importNames(store: LeadStore, rows: [key: string, name: string][]) {
  const file = { importId: `i${stores++}`, fileName: 'a.csv', totalBytes: 1 };
  const session = await store.beginImport(file, 'fillBlanks', []);
  await session.add({
    rows: rows.map(([key, name], i) => ({ line: i + 2, key, values: { name, phone: key } })),
    rejected: [],
    blank: 0,
    bytesRead: 1,
  });
  session.end(null, '');
}

/** A person's edit on another laptop, at a time in ms since 1970. */
export function editedElsewhere(
  record: RecordState,
  field: string,
  value: Json,
  at = Date.now() + 60_000,
): RecordState {
  const clock = formatClock(at, 0, 'otherlapto');
  return setFields(record, { [field]: value }, clock, 'person', byTimeAloneIn('leads'));
}

/** Waits for something that comes about by itself. */
export async function until(what: () => boolean | undefined, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!what()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
