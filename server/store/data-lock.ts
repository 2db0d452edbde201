/**
 * One process at a time in a data folder: two that open one PGlite folder lose rows. The lock is a
 * local socket that its holder listens on, so it ends with the process however that dies, and it
 * tells who asks where the holder serves.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './database.ts';

const PROBE_MS = 2000;
/** Longer paths can't name a socket on macOS and the BSDs. */
const MAX_SOCKET_PATH = 100;
/** Taking a lock takes milliseconds: after this long, whoever was about to has died. */
const TAKING_MS = 10_000;
const ATTEMPTS = 5;

export interface DataLock {
  /** What the holder answers to those who find the folder taken. */
  tell(address: string): void;
  release(): Promise<void>;
}

/** Another process holds the folder. */
export class Locked extends Error {
  /** @param address where that process serves, undefined while it is still starting */
  constructor(readonly address: string | undefined) {
    super('the data folder is in use');
    this.name = 'Locked';
  }
}

/** Where the lock of a folder listens, and whether a file stays behind a killed process. */
export interface LockPlace {
  socket: string;
  leavesFile: boolean;
}

export function lockPlace(folder: string, platform: NodeJS.Platform = process.platform): LockPlace {
  const real = realpathSync(folder);
  const name = `satchel-${createHash('sha256').update(real).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return { socket: `\0${name}`, leavesFile: false };
  if (platform === 'win32') return { socket: `\\\\.\\pipe\\${name}`, leavesFile: false };
  const inFolder = path.join(real, 'lock.sock');
  const isShort = Buffer.byteLength(inFolder) <= MAX_SOCKET_PATH;
  return { socket: isShort ? inFolder : path.join(tmpdir(), `${name}.sock`), leavesFile: true };
}

/** @throws Locked when another process holds it */
export function lockFolder(
  folder: string,
  place: LockPlace = lockPlace(folder),
): Promise<DataLock> {
  return place.leavesFile ? oneByOne(`${place.socket}.taking`, () => take(place)) : take(place);
}

async function take({ socket, leavesFile }: LockPlace): Promise<DataLock> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const held = await hold(socket);
    if (held !== undefined) return held;
    const holder = await ask(socket);
    if (holder !== undefined) throw new Locked(holder.address);
    // Its holder died: just now or, where that leaves a file, some time ago.
    if (leavesFile) rmSync(socket, { force: true });
    else await sleep(100 * attempt);
  }
  throw new Error('the lock of the data folder is taken, but nobody answers there');
}

/**
 * Of those who find a dead socket, only one may replace it, or each would replace the one before.
 * @param path of a folder, for only one can make it
 */
async function oneByOne<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (!isMade(path)) {
    const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > TAKING_MS) {
      rmSync(path, { recursive: true, force: true });
    }
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function isMade(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

interface Holder {
  address: string | undefined;
}

async function hold(socket: string): Promise<DataLock | undefined> {
  const holder: Holder = { address: undefined };
  const open = new Set<Socket>();
  const server = createServer((asking) => {
    open.add(asking.on('error', () => {}).on('close', () => open.delete(asking)));
    asking.end(JSON.stringify(holder));
  });
  if (!(await isListening(server, socket))) return undefined;
  server.unref();
  return {
    tell: (address) => {
      holder.address = address;
    },
    release: () => {
      for (const asking of open) asking.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isListening(server: Server, socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(socket, () => resolve(true));
  });
}

/** What the holder says; undefined where nobody listens. */
function ask(socket: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const connection = connect(socket);
    const silent = setTimeout(() => {
      connection.destroy();
      // It listens, so it lives, be it too busy to answer.
      resolve({ address: undefined });
    }, PROBE_MS);
    const done = (holder: Holder | undefined) => {
      clearTimeout(silent);
      resolve(holder);
    };
    connection.on('data', (data) => {
      text += data;
    });
    connection.on('error', () => done(undefined));
    connection.on('end', () => done(parseHolder(text)));
  });
}

function parseHolder(text: string): Holder {
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  const { address }: { address?: unknown } = Object(parsed);
  return { address: typeof address === 'string' ? address : undefined };
}
