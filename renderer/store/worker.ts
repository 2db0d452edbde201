/** The store worker: owns the data and everything that touches many leads. */
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { z } from 'zod';
import { importContract } from '../../shared/ipc/import-contract.ts';
import { domPort } from '../../shared/ipc/ports.ts';
import { connect, type Handlers, type Server, serve } from '../../shared/ipc/rpc.ts';
import { syncContract } from '../../shared/ipc/sync-contract.ts';
import type { ImportSession } from './import-session.ts';
import { databaseNamesOf, deleteStore, LeadStore } from './lead-store.ts';
import { assertRoomToOpen, isRoomLow } from './room.ts';
import { writeError } from './storage-errors.ts';
import { type StoreContract, storeContract, workerPortSchema } from './store-contract.ts';
import { throttle } from './throttle.ts';

// The window's content security policy forbids eval, which zod would otherwise try.
z.config({ jitless: true });

const EVENT_GAP_MS = 200;
/** While rows pour in, the table behind the import need not follow each of them. */
const EVENT_GAP_IN_IMPORT_MS = 2500;

const storage = getRxStorageDexie({ chromeTransactionDurability: 'strict' });
const imports = new Map<string, ImportSession>();
let open: Promise<LeadStore> | undefined;
let windowSide: Server<StoreContract> | undefined;

async function store(): Promise<LeadStore> {
  if (!open) throw new Error('no store is open');
  return open;
}

const eventGap = () => EVENT_GAP_MS;
const leadsGap = () => (imports.size > 0 ? EVENT_GAP_IN_IMPORT_MS : EVENT_GAP_MS);
const tellLeadsNow = () => {
  void open?.then(({ leadCount }) => windowSide?.emit('leadsChanged', { total: leadCount }));
};
const tellLeads = throttle(leadsGap, tellLeadsNow);
const tellWorkspace = throttle(eventGap, () => windowSide?.emit('workspaceChanged', {}));
const tellSync = throttle(eventGap, () => {
  void open?.then(({ syncStatus }) => windowSide?.emit('syncStatus', syncStatus));
});
const tellImports = throttle(eventGap, () => {
  for (const [id, session] of imports) {
    windowSide?.emit('importProgress', session.progress);
    if (session.running) continue;
    imports.delete(id);
    tellLeadsNow();
  }
});

const handlers: Handlers<StoreContract> = {
  open: async (options) => {
    const before = open;
    open = (before ?? Promise.resolve(undefined))
      .then((opened) => opened?.close())
      .catch(() => undefined)
      .then(assertRoomToOpen)
      .then(() =>
        LeadStore.open(options, storage, {
          leadsChanged: tellLeads,
          workspaceChanged: tellWorkspace,
          syncStatus: tellSync,
        }),
      )
      .catch((error: unknown) => {
        throw writeError(error);
      });
    await open;
    await warnOfLowStorage();
    return {};
  },
  query: async (query) => (await store()).query(query),
  workspace: async () => (await store()).workspace,
  apply: async (command) => (await store()).apply(command),
  undo: async () => (await store()).undo(),
  redo: async () => (await store()).redo(),
  lead: async ({ key }) => (await store()).lead(key),
  leadWithPhone: async ({ phone }) => (await store()).leadWithPhone(phone),
  syncStatus: async () => (await store()).syncStatus,
  refresh: async () => {
    await (await store()).refresh();
    return {};
  },
  countLeads: async ({ store: name }) => {
    const known = await indexedDB.databases();
    if (!known.some((database) => database.name === databaseNamesOf(name)[0])) return 0;
    return LeadStore.count(name, storage);
  },
  deleteStore: async ({ store: name }) => {
    const opened = await open?.catch(() => undefined);
    const unsent = opened?.name === name ? opened.waiting : null;
    if (opened?.name === name) {
      open = undefined;
      await opened.close();
    }
    await deleteStore(name, storage);
    return { unsent };
  },
  adopt: async ({ store: name }) => ({ leads: await (await store()).adopt(name, storage) }),
  endImport: async ({ importId, problem }) => {
    imports.get(importId)?.end('failed', problem);
    tellImports();
    return {};
  },
  settle: async () => {
    await (await open)?.settle();
    return {};
  },
};

/** Serves the process that reads one file. */
function serveImport(importId: string, port: MessagePort): void {
  let session: ImportSession | undefined;
  // The process closes the port, once it has the answer to `end`.
  serve(domPort(port), importContract, {
    begin: async ({ fields, mode, ...file }) => {
      session = await (await store()).beginImport({ ...file, importId }, mode, fields);
      imports.set(importId, session);
      tellImports();
      return {};
    },
    rows: async (batch) => {
      await session?.add(batch);
      tellImports();
      return {};
    },
    end: async ({ stopped, problem }) => {
      session?.end(stopped, problem);
      tellImports();
      void warnOfLowStorage();
      return {};
    },
  });
}

async function warnOfLowStorage(): Promise<void> {
  if (!(await isRoomLow())) return;
  windowSide?.emit('storageProblem', {
    detail: 'This disk is almost full. Free some space so that Satchel can go on storing leads.',
  });
}

self.addEventListener('message', (event: MessageEvent) => {
  const parsed = workerPortSchema.safeParse(event.data);
  const port = event.ports[0];
  if (!parsed.success || !port) return;
  const kind = parsed.data;
  if (kind.port === 'window') windowSide = serve(domPort(port), storeContract, handlers);
  if (kind.port === 'import') serveImport(kind.importId, port);
  if (kind.port === 'sync') void startSync(kind.store, port);
});

/** A port that comes late, for a store that was closed meanwhile, must not serve another. */
async function startSync(name: string, port: MessagePort): Promise<void> {
  const opened = await open?.catch(() => undefined);
  if (opened?.name === name) await opened.startSync(connect(domPort(port), syncContract));
  else port.close();
}
