/** Folders that tests fill and throw away. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'satchel-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
