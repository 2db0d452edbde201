/** A file to read from, which tells when it changes meanwhile. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileError, ImportError } from './import-error.ts';

/** Bytes of one read: large enough to be fast, small beside the memory of a process. */
const CHUNK = 256 * 1024;

export interface SourceFile {
  name: string;
  bytes: number;
  /** The content from its beginning, up to `limit` bytes. @throws ImportError */
  chunks(limit?: number): AsyncIterable<Buffer>;
  /** @throws ImportError when the file is not what it was when it was opened */
  assertUnchanged(): Promise<void>;
}

/** Opens a file for as long as `use` takes. @throws ImportError */
export async function withFile<T>(path: string, use: (file: SourceFile) => Promise<T>): Promise<T> {
  const before = await statFile(path);
  const handle = await open(path, 'r').catch((error: unknown) => Promise.reject(fileError(error)));
  try {
    return await use({
      name: basename(path),
      bytes: before.size,
      chunks: (limit) => chunksOf(handle, limit),
      assertUnchanged: () => assertSame(path, before),
    });
  } finally {
    await handle.close();
  }
}

interface Identity {
  size: number;
  mtimeMs: number;
  ino: number;
}

async function statFile(path: string): Promise<Identity> {
  const stats = await stat(path).catch((error: unknown) => Promise.reject(fileError(error)));
  if (stats.isDirectory())
    throw new ImportError('unreadable', 'This is a folder. Choose a CSV file in it.');
  // A pipe or a device would be waited on for ever.
  if (!stats.isFile()) throw new ImportError('unreadable', 'This is not a file that can be read.');
  return stats;
}

async function* chunksOf(
  handle: FileHandle,
  limit = Number.POSITIVE_INFINITY,
): AsyncIterable<Buffer> {
  let at = 0;
  while (at < limit) {
    const length = Math.min(CHUNK, limit - at);
    const { bytesRead, buffer } = await handle
      .read(Buffer.allocUnsafe(length), 0, length, at)
      .catch((error: unknown) => Promise.reject(fileError(error)));
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function assertSame(path: string, before: Identity): Promise<void> {
  const now = await stat(path).catch(() => undefined);
  if (now === undefined) {
    throw new ImportError('changed', `The file disappeared while it was being read. ${KEPT}`);
  }
  if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) {
    throw new ImportError('changed', `The file was changed while it was being read. ${KEPT}`);
  }
}

const KEPT =
  'What was read so far is kept. Import the file again to get the rest: nobody comes in twice.';
