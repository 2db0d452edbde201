/** The import process's side of its two conversations: with the main process and with the store. */
import { importContract } from '../../shared/ipc/import-contract.ts';
import {
  importProcessContract,
  storePortMessageSchema,
} from '../../shared/ipc/import-process-contract.ts';
import { type MainPort, mainPort } from '../../shared/ipc/ports.ts';
import { connect, type Port, serve } from '../../shared/ipc/rpc.ts';
import { ImportError } from './import-error.ts';
import { type ImportSink, importFile } from './import-file.ts';
import { inspectFile } from './inspect-file.ts';

/** What Electron's `process.parentPort` is to the import process. */
export interface ImportParent {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: StorePort[] }) => void): unknown;
}

/** A transferred port to the store: Electron's MessagePortMain. */
export interface StorePort extends MainPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Serves `importProcessContract` to the main process. */
export function serveImports(parent: ImportParent): void {
  const storePorts = new Map<string, StorePort>();
  let underWay: AbortController | undefined;

  const port = parentPort(parent, (importId, storePort) => storePorts.set(importId, storePort));
  serve(port, importProcessContract, {
    inspect: ({ path }) => inspectFile(path),
    start: async ({ importId, path, plan }) => {
      if (underWay) throw new ImportError('busy', 'Another import is under way. Wait for its end.');
      const storePort = storePorts.get(importId);
      storePorts.delete(importId);
      if (storePort === undefined) throw new Error(`no port for import ${importId}`);
      underWay = new AbortController();
      try {
        const store = connectStore(importId, storePort);
        return await importFile(path, plan, store, underWay.signal).finally(store.close);
      } finally {
        underWay = undefined;
      }
    },
    cancel: async () => {
      underWay?.abort();
      return {};
    },
  });
}

/** The port to the main process; ports that come with a message are taken out of it. */
function parentPort(
  parent: ImportParent,
  onStorePort: (importId: string, port: StorePort) => void,
): Port {
  return {
    post: (message) => parent.postMessage(message),
    listen: (onMessage) => {
      parent.on('message', ({ data, ports }) => {
        const [port] = ports;
        const message = storePortMessageSchema.safeParse(data);
        if (message.success && port) onStorePort(message.data.storePort, port);
        else onMessage(data);
      });
    },
    close: () => {},
  };
}

/** The store as a sink, whose calls fail once the store is gone: nobody would answer them. */
function connectStore(importId: string, port: StorePort): ImportSink & { close(): void } {
  const client = connect(mainPort(port), importContract);
  let isOpen = true;
  port.on('close', () => {
    isOpen = false;
    client.close();
  });
  const whileOpen = async <T>(call: () => Promise<T>): Promise<T> => {
    if (!isOpen) throw new Error(GONE);
    return call().catch((error: unknown) => {
      throw isOpen ? error : new Error(GONE);
    });
  };
  return {
    begin: (input) => whileOpen(() => client.call('begin', { importId, ...input })),
    rows: (input) => whileOpen(() => client.call('rows', input)),
    end: (input) => whileOpen(() => client.call('end', input)),
    close: () => client.close(),
  };
}

const GONE = 'The window was closed before the import came to its end. Import the file again.';
