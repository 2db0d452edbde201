/** Errors from other processes as a code to act on and a message for people. */
import { RemoteError } from '../../shared/ipc/rpc.ts';

export interface Problem {
  code: string;
  message: string;
}

const FALLBACK = 'Something went wrong. Try again.';

/** What a caught value says to a person. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RemoteError) {
    return { code: error.code, message: error.message || FALLBACK };
  }
  return { code: 'failed', message: error instanceof Error ? error.message : FALLBACK };
}
