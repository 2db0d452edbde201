/** The store worker, and the ports that reach it through this window. */

import { portMessageSchema } from '../../shared/ipc/app-contract.ts';
import { domPort } from '../../shared/ipc/ports.ts';
import { type Client, connect } from '../../shared/ipc/rpc.ts';
import { type StoreContract, storeContract } from '../store/store-contract.ts';

const worker = new Worker(new URL('../store/worker.ts', import.meta.url), {
  type: 'module',
  name: 'store',
});
const { port1, port2 } = new MessageChannel();
worker.postMessage({ port: 'window' }, [port2]);

/** Everything about leads is asked of the store. */
export const store: Client<StoreContract> = connect(domPort(port1), storeContract);

/** Hands the ports that the main process sends on to the store worker. */
export function forwardPorts(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || !port) return;
    const message = portMessageSchema.safeParse(event.data);
    if (!message.success) return;
    const { data } = message;
    const forwarded =
      data.satchelPort === 'import'
        ? { port: 'import', importId: data.importId }
        : { port: 'sync', store: data.store };
    worker.postMessage(forwarded, [port]);
  });
}

/** Calls back when the worker's script could not be loaded or ended with an error. */
export function onStoreCrash(listener: (detail: string) => void): void {
  worker.addEventListener('error', (event) => listener(event.message));
}
