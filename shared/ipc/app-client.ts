/** The window's end of the app contract: `window.satchel` with proper errors. */
import type { SatchelApi, WireError } from './preload-api.ts';
import { RemoteError } from './rpc.ts';

/** Wraps what the preload exposes, so that failed calls reject with a `RemoteError`. */
export function appClient(api: SatchelApi): SatchelApi {
  return {
    call: (method, input) => api.call(method, input).catch(rethrow),
    on: (event, listener) => api.on(event, listener),
    dropFile: (file) => api.dropFile(file).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  if (isWireError(error)) throw new RemoteError(error.code, error.message);
  throw error;
}

function isWireError(error: unknown): error is WireError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}
