/**
 * Room on the disk under the data. A database that runs out of it in the middle of a write can stop
 * answering until Satchel is started again, so writing ends while there is still some left.
 */
import { StorageError } from './storage-errors.ts';

const MIB = 1 << 20;
/** The database needs as much for tidying up what it holds. */
const LEAST_ROOM = 32 * MIB;
/** Enough to open what is there. */
const LEAST_ROOM_TO_OPEN = 8 * MIB;
const LITTLE_ROOM = 256 * MIB;
const LOOK_AGAIN_MS = 1000;
const LOOK_WHILE_WAITING_MS = 2000;

const FULL = 'The disk is full. Free some space and try again; nothing was lost.';
const FILLED_UP =
  'The disk is full. Free some space, then quit Satchel and start it again; nothing was lost.';

let known = { room: Number.POSITIVE_INFINITY, at: Number.NEGATIVE_INFINITY };

/** @throws StorageError `disk-full` when there is too little left to write */
export async function assertRoomToWrite(): Promise<void> {
  if ((await roomLeft()) < LEAST_ROOM) throw new StorageError('disk-full', FULL);
}

/** @throws StorageError `disk-full` when there is too little left to open the database */
export async function assertRoomToOpen(): Promise<void> {
  if ((await roomLeft()) < LEAST_ROOM_TO_OPEN) throw new StorageError('disk-full', FULL);
}

/** Whether it is time to warn. */
export async function isRoomLow(): Promise<boolean> {
  return (await roomLeft()) < LITTLE_ROOM;
}

/** The same result, or an error once the disk filled up: the work may then never come to its end. */
export async function whileThereIsRoom<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const filledUp = new Promise<never>((_, reject) => {
    timer = setInterval(async () => {
      if (await hasFilledUp()) reject(new StorageError('disk-full', FILLED_UP));
    }, LOOK_WHILE_WAITING_MS);
  });
  try {
    return await Promise.race([work, filledUp]);
  } catch (error) {
    throw (await hasFilledUp()) ? new StorageError('disk-full', FILLED_UP) : error;
  } finally {
    clearInterval(timer);
  }
}

async function hasFilledUp(): Promise<boolean> {
  return (await roomLeft()) < LEAST_ROOM_TO_OPEN;
}

/** In bytes, as of a moment ago; unlimited outside of a browser. */
async function roomLeft(): Promise<number> {
  if (typeof navigator === 'undefined' || !('storage' in navigator)) return known.room;
  if (performance.now() - known.at < LOOK_AGAIN_MS) return known.room;
  // Satchel's storage has no limit but the disk: what is left of the quota is the disk's free room.
  const { usage = 0, quota = Number.POSITIVE_INFINITY } = await navigator.storage.estimate();
  known = { room: quota - usage, at: performance.now() };
  return known.room;
}
