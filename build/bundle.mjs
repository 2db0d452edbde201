// @ts-check
// Builds dist/ when it is not what the sources say.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { capture, tool } from './processes.mjs';
import { SetupError, step } from './steps.mjs';

const SOURCE_FOLDERS = ['electron', 'renderer', 'shared', 'server'];
const SOURCE_FILES = /^(vite\.config\.ts|package(-lock)?\.json|tsconfig[^/]*\.json)$/;
const NO_SOURCE = /\.test\.[cm]?[jt]sx?$/;
const OUTPUTS = ['dist/main/main.cjs', 'dist/server/server.mjs'];
const STAMP = 'dist/.stamp';

/**
 * @param {string} root
 * @param {string} lockFile
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ensureBuilt(root, lockFile) {
  if (isBuilt(root)) return false;
  await withLock(lockFile, async () => {
    if (!isBuilt(root)) await step('Building', () => build(root));
  });
  return true;
}

/** @param {string} root */
export function isBuilt(root) {
  const stamp = path.join(root, STAMP);
  const isThere = [stamp, ...OUTPUTS.map((file) => path.join(root, file))].every(existsSync);
  return isThere && readFileSync(stamp, 'utf8') === sourceHash(root);
}

/** @param {string} root */
async function build(root) {
  // The hash of what is built, not of what an editor saves meanwhile.
  const hash = sourceHash(root);
  rmSync(path.join(root, STAMP), { force: true });
  const { code, output } = await capture(tool(root, 'vite', ['build', '--app']), { cwd: root });
  if (code !== 0) {
    throw new SetupError(
      `The build failed:\n${output.trim()}`,
      'Mend what it names, then run this again.',
    );
  }
  markBuilt(root, hash);
}

/** @param {string} root @param {string} hash */
export function markBuilt(root, hash = sourceHash(root)) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, STAMP), hash);
}

/**
 * One hash over names and contents of all that goes into a build.
 * @param {string} root
 */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const name of sourcesOf(root)) {
    const content = readFileSync(path.join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} root */
function sourcesOf(root) {
  const files = readdirSync(root).filter((name) => SOURCE_FILES.test(name));
  const inFolders = SOURCE_FOLDERS.flatMap((folder) => filesIn(root, folder));
  return [...files, ...inFolders.filter((name) => !NO_SOURCE.test(name))].sort();
}

/** @param {string} root @param {string} folder @returns {string[]} */
function filesIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(root, name) : [name];
  });
}
