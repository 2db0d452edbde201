/** Files that are either the old or the new one, whatever happens in between. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RemoteError } from '../../shared/ipc/rpc.ts';

/** Readable by the owner only. */
const PRIVATE = 0o600;
const DISK_FULL = 'The disk is full. Free some space and try again.';

/**
 * Replaces `file` in one step; once this returns, the content survives a power cut.
 * @throws RemoteError `disk-full`, with the old file as it was
 */
export function writeAtomically(file: string, content: string): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeDurably(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw isDiskFull(error) ? new RemoteError('disk-full', DISK_FULL) : error;
  }
  syncFolder(path.dirname(file));
}

/** Renames a file that can't be used, so that nothing in it is lost. @returns its new name */
export function setAside(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const aside = `${file}.damaged-${stamp}-${randomBytes(2).toString('hex')}`;
  renameSync(file, aside);
  return aside;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

function writeDurably(file: string, content: string): void {
  const descriptor = openSync(file, 'wx', PRIVATE);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the rename itself durable. Windows opens no folders, and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
