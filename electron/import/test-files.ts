/** Files for the tests of this folder, in a folder that goes when the tests are done. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export interface TestFiles {
  path(name: string): string;
  /** @returns its path */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** To be called once at the top of a test file. */
export function testFiles(): TestFiles {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'satchel-import-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write: async (name, content) => {
      await writeFile(path(name), content);
      return path(name);
    },
  };
}
