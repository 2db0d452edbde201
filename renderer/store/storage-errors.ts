/** What can go wrong with the disk under the store, in words for people. */

export class StorageError extends Error {
  constructor(
    readonly code: 'disk-full' | 'store-unavailable',
    message: string,
  ) {
    super(message);
    this.name = 'StorageError';
  }
}

const DISK_FULL = 'The disk is full. Free some space and try again; nothing was lost.';

/** The error of a failed write or open: tells a full disk from all others. */
export function writeError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const text = describe(error);
  if (/quota|disk.*full|no space/i.test(text)) return new StorageError('disk-full', DISK_FULL);
  return new StorageError(
    'store-unavailable',
    `The data on this laptop could not be opened or written (${text}). Quit Satchel and start it again.`,
  );
}

/** Name, message and causes: Dexie and RxDB wrap the browser's error in their own. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : JSON.stringify(error);
  const inner = 'inner' in error ? error.inner : error.cause;
  const own = `${error.name}: ${error.message}`.slice(0, 300);
  return inner instanceof Error && inner !== error ? `${own}; ${describe(inner)}` : own;
}
