/** Files that a person chose or dropped: the window knows them by an opaque id, never by path. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileRef } from '../shared/ipc/app-contract.ts';
import { RemoteError } from '../shared/ipc/rpc.ts';

export interface KnownFile extends FileRef {
  path: string;
}

/** Dropping file after file must not pile them up; an import begins soon after. */
const MOST = 100;

export class KnownFiles {
  private readonly files = new Map<string, KnownFile>();

  /** @throws RemoteError code `unreadable` */
  async register(file: string): Promise<FileRef> {
    const bytes = await sizeOf(file);
    const ref = { fileId: randomUUID(), name: path.basename(file), bytes };
    this.files.set(ref.fileId, { ...ref, path: file });
    const [oldest] = this.files.keys();
    if (this.files.size > MOST && oldest !== undefined) this.files.delete(oldest);
    return ref;
  }

  /** @throws RemoteError code `unreadable` for an id that was not given out */
  get(fileId: string): KnownFile {
    const file = this.files.get(fileId);
    if (file) return file;
    throw new RemoteError('unreadable', 'That file is no longer known: choose it again');
  }
}

async function sizeOf(file: string): Promise<number> {
  if (!path.isAbsolute(file)) throw unreadable('Only files on this laptop can be read');
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isDirectory()) throw unreadable('That is a folder: choose the file in it');
  if (stats?.isFile()) return stats.size;
  throw unreadable(`${path.basename(file)} can’t be read: is it still there?`);
}

function unreadable(message: string): RemoteError {
  return new RemoteError('unreadable', message);
}
