/**
 * A PGlite file system whose fsync reaches the disk. PGlite 0.5.16 mounts Emscripten's NODEFS,
 * which has no fsync, and starts PostgreSQL with `-F`, which never asks for one: a commit would
 * survive a killed process but not a power cut. NODEFS is private to PGlite, hence its pinned
 * version and {@link assertDurable}.
 */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { Queryable } from './database.ts';

/** WASI's number for an input/output error: PostgreSQL panics on it, as it should. */
const EIO = 29;

/** PGlite's own parameters without `-F`, and a sync method that Emscripten passes on. */
export const DURABLE_START_PARAMETERS: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
  ...['-c', 'shared_buffers=32MB'],
  ...['-c', 'max_wal_size=64MB'],
  ...['-c', 'min_wal_size=32MB'],
];

type Init = NodeFS['init'];
interface Stream {
  nfd?: number;
}

export class DurableFS extends NodeFS {
  /** How often PostgreSQL had something written to disk. */
  syncs = 0;

  constructor(
    folder: string,
    private readonly onFailure: (error: unknown) => void,
  ) {
    super(folder);
  }

  override async init(...[pg, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = emscriptenOpts.preRun ?? [];
    const install = (module: object) => this.install(module);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, install] } };
  }

  private install(module: object): void {
    const operations: unknown = Reflect.get(Object(Reflect.get(module, 'NODEFS')), 'stream_ops');
    if (typeof operations !== 'object' || operations === null) return;
    Reflect.set(operations, 'fsync', (stream: Stream) => this.sync(stream));
  }

  private sync({ nfd }: Stream): number {
    try {
      if (nfd !== undefined) fsyncSync(nfd);
      this.syncs++;
      return 0;
    } catch (error) {
      if (isUnsyncable(error)) return 0;
      this.onFailure(error);
      return EIO;
    }
  }
}

/** @throws Error when commits do not reach the disk */
export async function assertDurable(database: Queryable, files: DurableFS): Promise<void> {
  const commits = 3;
  const before = files.syncs;
  for (let i = 0; i < commits; i++) {
    await database.query(
      `INSERT INTO server_meta (key, value) VALUES ('durability-test', $1)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [`${Date.now()}-${i}`],
    );
  }
  if (files.syncs - before < commits) {
    throw new Error('the database does not write its commits to disk (unexpected PGlite version?)');
  }
}

/** Writes a folder and all in it to disk: for files that came there without any fsync. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) syncTree(child);
    else if (entry.isFile()) syncPath(child, 'r+');
  }
  syncPath(folder, 'r');
}

/** Writes a file, or the names in a folder, to disk. */
export function syncPath(file: string, flags: 'r' | 'r+' = 'r'): void {
  try {
    const descriptor = openSync(file, flags);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!isUnsyncable(error)) throw error;
  }
}

/** Windows syncs no folders and nothing opened for reading; some file systems no folders. */
function isUnsyncable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EINVAL' || code === 'ENOTSUP') return true;
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EISDIR');
}
