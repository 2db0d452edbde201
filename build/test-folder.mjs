// @ts-check
// A folder for one test, filled with files, gone when the test is.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} [files]
 * @returns {string}
 */
export function testFolder(t, files = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'satchel-build-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  fill(folder, files);
  return folder;
}

/** @param {string} folder @param {Record<string, string>} files */
export function fill(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
