/** Tells a data folder from its copies: one that was copied or restored gets another value. */
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MARKER = 'installation';

/**
 * A marker file is written once and never again; what is hashed besides its content (inode, birth
 * time, host name) does not come along when the folder is copied, or restored from a backup.
 */
export function installationOf(folder: string, hostName = os.hostname()): string {
  const file = path.join(folder, MARKER);
  writeOnce(file);
  const { ino, birthtimeNs } = statSync(file, { bigint: true });
  const parts = [readFileSync(file, 'utf8'), ino, birthtimeNs, hostName].map(String);
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function writeOnce(file: string): void {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(descriptor, `${randomUUID()}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
