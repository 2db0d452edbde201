/** Answers what the window calls: one channel for each method of the app contract. */
import { type AppContract, type AppMethod, appContract } from '../../shared/ipc/app-contract.ts';
import { methodChannel, type WireAnswer } from '../../shared/ipc/preload-api.ts';
import { type Handlers, RemoteError, toWireError } from '../../shared/ipc/rpc.ts';
import type { Call } from './sender.ts';

/** The part of Electron's ipcMain that is needed. */
export interface IpcMain<C extends Call> {
  handle(channel: string, listener: (event: C, input: unknown) => Promise<WireAnswer>): void;
}

/** Errors are answered as data: Electron would keep no more of them than their message. */
export function serveWindow<C extends Call>(
  ipc: IpcMain<C>,
  handlers: Handlers<AppContract>,
  isOurs: (event: C) => boolean,
): void {
  for (const method of Object.keys(appContract.methods) as AppMethod[]) {
    ipc.handle(methodChannel(method), async (event, input) => {
      try {
        if (!isOurs(event)) throw new RemoteError('forbidden', 'Only the app’s own page may call');
        return { output: await answer(handlers, method, input) };
      } catch (error) {
        return { error: toWireError(error) };
      }
    });
  }
}

function answer<M extends AppMethod>(handlers: Handlers<AppContract>, method: M, input: unknown) {
  const handler = handlers[method] as (input: unknown) => Promise<unknown>;
  return handler(appContract.methods[method].input.parse(input));
}
