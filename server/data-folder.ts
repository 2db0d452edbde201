/** The folder where data are kept: there, writable, and nobody else's. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-error.ts';
import { type DataLock, Locked, lockFolder } from './store/data-lock.ts';
import { errorCode } from './store/database.ts';

/** sysexits.h EX_TEMPFAIL */
const ALREADY_RUNNING = 75;
const HOLDER_STARTS_MS = 30_000;

/** Makes the folder where there is none, and locks it. @throws StartError */
export async function lockData(folder: string): Promise<DataLock> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StartError(
      `Can't write to the data folder ${folder} (${errorCode(error)}). Choose another one with --data, or change its permissions.`,
    );
  }
  return waitForLock(folder, Date.now() + HOLDER_STARTS_MS);
}

/** A holder that is still starting has an address soon, or has failed and is gone. */
async function waitForLock(folder: string, until: number): Promise<DataLock> {
  for (;;) {
    try {
      return await lockFolder(folder);
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
      if (error.address !== undefined || Date.now() > until) throw alreadyRunning(error.address);
    }
    await sleep(250);
  }
}

function alreadyRunning(address: string | undefined): StartError {
  const where = address === undefined ? ', but not answering' : ` at ${address}`;
  return new StartError(`already running${where}`, ALREADY_RUNNING);
}
