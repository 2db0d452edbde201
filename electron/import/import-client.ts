/** The main process's side of the import process. Knows nothing of Electron but a shape. */
import type { Inspection } from '../../shared/csv/mapping.ts';
import {
  type ImportProcessContract,
  importProcessContract,
  type StorePortMessage,
} from '../../shared/ipc/import-process-contract.ts';
import { type Client, connect, type Input, RemoteError } from '../../shared/ipc/rpc.ts';
import type { ImportEnd } from './import-file.ts';

/** What Electron's UtilityProcess is to its parent; `P` is MessagePortMain. */
export interface ImportChild<P> {
  postMessage(message: unknown, transfer?: P[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface ImportProcess<P> {
  /** @throws RemoteError `unreadable`, `empty`, `binary` or `spreadsheet`, or `crashed` */
  inspect(path: string): Promise<Inspection>;
  /**
   * Imports a file into the store at the other end of the port; resolves at its end.
   * @throws RemoteError `unreadable` or `busy`, what the store's `begin` threw, or `crashed`
   */
  start(input: Input<ImportProcessContract, 'start'>, storePort: P): Promise<ImportEnd>;
  /** Stops the import under way: its `start` resolves as cancelled. */
  cancel(): Promise<void>;
  /** Ends the process. */
  close(): void;
}

/** Talks to a process that runs `dist/import/import.cjs`. */
export function importProcess<P>(child: ImportChild<P>): ImportProcess<P> {
  const client: Client<ImportProcessContract> = connect(
    {
      post: (message) => child.postMessage(message),
      listen: (onMessage) => child.on('message', onMessage),
      close: () => {},
    },
    importProcessContract,
  );
  let isRunning = true;
  child.once('exit', () => {
    isRunning = false;
    client.close();
  });
  const whileRunning = async <T>(call: () => Promise<T>): Promise<T> => {
    if (!isRunning) throw crashed();
    return call().catch((error: unknown) => {
      throw isRunning ? error : crashed();
    });
  };
  return {
    inspect: (path) => whileRunning(() => client.call('inspect', { path })),
    start: (input, storePort) =>
      whileRunning(() => {
        const message: StorePortMessage = { storePort: input.importId };
        child.postMessage(message, [storePort]);
        return client.call('start', input);
      }),
    cancel: async () => {
      await whileRunning(() => client.call('cancel', {}));
    },
    close: () => {
      child.kill();
    },
  };
}

function crashed(): RemoteError {
  return new RemoteError(
    'crashed',
    'Reading the file stopped unexpectedly. Import it again: nobody comes in twice.',
  );
}
