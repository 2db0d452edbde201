/** The bridge between page and main process: no schemas, no state, only what the page may use. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { AppMethod } from '../shared/ipc/app-contract.ts';
import {
  eventChannel,
  methodChannel,
  PORT_CHANNEL,
  type SatchelApi,
  WINDOW_EVENTS,
  WINDOW_METHODS,
  type WireAnswer,
} from '../shared/ipc/preload-api.ts';
import { pathOfFile } from './runtime-differences.ts';

async function invoke(method: AppMethod, input: unknown): Promise<unknown> {
  const answer: WireAnswer = await ipcRenderer.invoke(methodChannel(method), input);
  // A plain object: an error would lose its code on the way into the page.
  if ('error' in answer) throw answer.error;
  return answer.output;
}

function refuse(what: string): never {
  throw { code: 'invalid', message: `${what} is not for the window` };
}

const api = {
  call: async (method: string, input: unknown) =>
    WINDOW_METHODS.has(method) ? invoke(method as AppMethod, input) : refuse(`method ${method}`),
  on: (event, listener) => {
    if (!WINDOW_EVENTS.has(event)) refuse(`event ${event}`);
    const onEvent = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(eventChannel(event), onEvent);
    return () => {
      ipcRenderer.off(eventChannel(event), onEvent);
    };
  },
  dropFile: async (file) => invoke('registerDroppedFile', { path: pathOfFile(file, webUtils) }),
} as SatchelApi;

contextBridge.exposeInMainWorld('satchel', api);

ipcRenderer.on(PORT_CHANNEL, (event, message: unknown) => {
  window.postMessage(message, window.location.origin, event.ports);
});
