/**
 * What the preload exposes to the window as `window.satchel`, and which methods the window may
 * call. Types only besides the lists, so that the preload carries no schemas.
 */
import type { AppContract, AppEvent, AppMethod, FileRef } from './app-contract.ts';
import type { Input, Output } from './rpc.ts';

/** Methods that only the preload itself calls: with them, a page could name any path. */
type PreloadMethod = 'registerDroppedFile';
export type WindowMethod = Exclude<AppMethod, PreloadMethod>;

/** Channel on which main hands ports to the preload. */
export const PORT_CHANNEL = 'satchel:port';

/** Channel of a method of the app contract. */
export function methodChannel(method: AppMethod): string {
  return `satchel:${method}`;
}

/** Channel of an event of the app contract. */
export function eventChannel(event: AppEvent): string {
  return `satchel:event:${event}`;
}

const windowMethods: Record<WindowMethod, true> = {
  appState: true,
  workAlone: true,
  createTeam: true,
  joinTeam: true,
  signIn: true,
  signOut: true,
  storeDeleted: true,
  invite: true,
  connectSync: true,
  chooseFile: true,
  inspectFile: true,
  startImport: true,
  cancelImport: true,
  settled: true,
  copyText: true,
};

const windowEvents: Record<AppEvent, true> = {
  appState: true,
  importFailed: true,
  quitting: true,
};

/** All that `call` accepts: exactly the methods of the app contract that are the window's. */
export const WINDOW_METHODS: ReadonlySet<string> = new Set(Object.keys(windowMethods));
export const WINDOW_EVENTS: ReadonlySet<string> = new Set(Object.keys(windowEvents));

/** What crosses the process boundary in answer to a call. */
export type WireAnswer = { output: unknown } | { error: WireError };

/**
 * What `call` and `dropFile` reject with: a plain object, since errors lose their own properties
 * on the way into the page. `appClient` turns it into a `RemoteError`.
 */
export interface WireError {
  code: string;
  message: string;
}

/** `window.satchel` */
export interface SatchelApi {
  /** @throws {WireError} */
  call<M extends WindowMethod>(
    method: M,
    input: Input<AppContract, M>,
  ): Promise<Output<AppContract, M>>;
  /** @returns a function that stops listening */
  on<E extends AppEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Makes a file that was dropped on the window known to the main process. @throws {WireError} */
  dropFile(file: File): Promise<FileRef>;
}

export type EventPayload<E extends AppEvent> = AppContract['events'][E]['_output'];
