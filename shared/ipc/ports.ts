/** Ports of the different runtimes as the one shape that `rpc.ts` speaks. */
import type { Port } from './rpc.ts';

/** A DOM MessagePort, a Worker or a worker's own scope. */
export interface DomPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  start?(): void;
  close?(): void;
}

export function domPort(port: DomPort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (onMessage) => {
      port.addEventListener('message', (event) => onMessage(event.data));
      port.start?.();
    },
    close: () => port.close?.(),
  };
}

/** Electron's MessagePortMain, as the main and utility processes have it. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

export function mainPort(port: MainPort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (onMessage) => {
      port.on('message', (event) => onMessage(event.data));
      port.start();
    },
    close: () => port.close(),
  };
}
