// @ts-check
// The Node that runs us is new enough, and node_modules is what package-lock.json says.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { capture, npm } from './processes.mjs';
import { SetupError, step } from './steps.mjs';

const LEAST_NODE = [20, 19];

/** @param {string} [version] */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new SetupError(
    `This is Node ${version}; Satchel needs ${LEAST_NODE.join('.')} or newer.`,
    'Install Node 20 or 22 (with nvm: nvm install), then run this again.',
  );
}

/** @param {string} root @param {string} lockFile */
export async function ensureDependencies(root, lockFile) {
  if (!areDependenciesStale(root)) return;
  await withLock(lockFile, async () => {
    if (areDependenciesStale(root)) await step('Installing dependencies', () => install(root));
  });
}

/**
 * Compares contents, not times: a fresh clone and a switched branch both have arbitrary ones.
 * @param {string} root
 */
export function areDependenciesStale(root) {
  const stamp = stampIn(root);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash(root);
}

/** Inside node_modules, so that it goes whenever they do. @param {string} root */
function stampIn(root) {
  return path.join(root, 'node_modules', '.satchel-lock-sha256');
}

/** @param {string} root */
function lockHash(root) {
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(lock)) return createHash('sha256').update(readFileSync(lock)).digest('hex');
  throw new SetupError(
    'package-lock.json is missing.',
    'Restore it: git checkout package-lock.json',
  );
}

/** @param {string} root */
async function install(root) {
  // The hash of what npm reads, not of what the file may have become meanwhile.
  const hash = lockHash(root);
  // --include=dev: with NODE_ENV=production npm would leave out what builds and runs the app.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await capture(npm(['ci', '--include=dev', ...quiet]), { cwd: root });
  if (code !== 0) {
    throw new SetupError(
      `npm ci failed:\n${firstLines(output)}`,
      'Check the network and npm (npm ping); if package.json and its lock differ: npm install.',
    );
  }
  markInstalled(root, hash);
}

/** npm puts the reason first and then its whole manual. @param {string} output */
function firstLines(output) {
  return output.trim().split('\n').slice(0, 16).join('\n');
}

/** @param {string} root @param {string} hash */
export function markInstalled(root, hash = lockHash(root)) {
  writeFileSync(stampIn(root), hash);
}
