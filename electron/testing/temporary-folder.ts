/** For tests: a folder of their own that is gone after each. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';

const folders: string[] = [];

/** Call at the top of a test file. @returns makes a folder */
export function temporaryFolders(): () => string {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'satchel-unit-'));
    folders.push(folder);
    return folder;
  };
}
