/** The main process, as the preload offers it to this window. */
import { appClient } from '../../shared/ipc/app-client.ts';
import type { SatchelApi } from '../../shared/ipc/preload-api.ts';

declare global {
  interface Window {
    readonly satchel: SatchelApi;
  }
}

/** Calls to the main process; failed ones reject with a `RemoteError`. */
export const app: SatchelApi = appClient(window.satchel);
