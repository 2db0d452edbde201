// @ts-check
// The system libraries that Electron needs, and Xvfb where there is no display. Debian and Ubuntu
// get them installed where that is allowed; everybody else is told what to type.

import { readFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { capture, isOnPath } from './processes.mjs';
import { SetupError, step } from './steps.mjs';

const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
/** Renamed when Debian 13 and Ubuntu 24.04 went over to 64-bit times. */
const RENAMED = ['libgtk-3-0', 'libasound2'];
const FIRST_RENAMED = /** @type {Record<string, number>} */ ({ debian: 13, ubuntu: 24.04 });

/**
 * @param {string} binary Electron's
 * @param {boolean} needsXvfb
 * @param {string} lockFile
 */
export async function ensureLibraries(binary, needsXvfb, lockFile) {
  if (process.platform !== 'linux' || (await lacking(binary, needsXvfb)).length === 0) return;
  await withLock(lockFile, async () => {
    const missing = await lacking(binary, needsXvfb);
    if (missing.length > 0) await provide(missing, needsXvfb);
    const still = missing.length > 0 ? await lacking(binary, needsXvfb) : [];
    if (still.length > 0) throw notInstallable(still);
  });
}

/** @param {string} binary @param {boolean} needsXvfb */
async function lacking(binary, needsXvfb) {
  const missing = await missingLibraries(binary);
  return needsXvfb && !isOnPath('Xvfb') ? [...missing, 'Xvfb'] : missing;
}

/** @param {string} binary */
async function missingLibraries(binary) {
  const { output } = await capture({ command: 'ldd', args: [binary] });
  return parseMissing(output);
}

/** @param {string} ldd what it printed */
export function parseMissing(ldd) {
  return [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/** @param {string[]} missing @param {boolean} needsXvfb */
async function provide(missing, needsXvfb) {
  if (!isOnPath('apt-get')) throw notInstallable(missing);
  const onlyXvfb = missing.length === 1 && missing[0] === 'Xvfb';
  const wanted = [...(onlyXvfb ? [] : LIBRARIES), ...(needsXvfb ? ['xvfb'] : [])];
  const prefix = await rootPrefix();
  if (prefix === null) throw needsRoot(missing, await packageNames(wanted));
  await step(`Installing system libraries (${wanted.join(', ')})`, () =>
    aptInstall(prefix, wanted),
  );
}

/** How to become root without being asked. @returns {Promise<string[] | null>} */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (!isOnPath('sudo')) return null;
  const { code } = await capture({ command: 'sudo', args: ['-n', 'true'] });
  return code === 0 ? ['sudo', '-n'] : null;
}

/** @param {string[]} prefix @param {string[]} wanted */
async function aptInstall(prefix, wanted) {
  // A failing update of one source is no reason to stop: the packages may be known already.
  await asRoot(prefix, ['update']);
  const packages = await packageNames(wanted);
  const patience = ['-o', 'DPkg::Lock::Timeout=120'];
  const args = [...patience, 'install', '-y', '--no-install-recommends', ...packages];
  const { code, output } = await asRoot(prefix, args);
  if (code === 0) return;
  throw new SetupError(
    `apt-get could not install them:\n${output.trim().slice(-2000)}`,
    `Type it to see why: ${aptLine(packages)}`,
  );
}

/** @param {string[]} prefix @param {string[]} args */
function asRoot(prefix, args) {
  const line = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  const [command = 'env', ...rest] = line;
  return capture({ command, args: rest });
}

/** @param {string[]} wanted @returns {Promise<string[]>} as this release calls them */
async function packageNames(wanted) {
  const { code, output } = await capture({
    command: 'apt-cache',
    args: ['--no-all-versions', 'show', 'libgtk-3-0t64'],
  });
  const isKnown = code === 0 && output.includes('Package:');
  return isKnown || isRenamedRelease(readRelease()) ? withNewNames(wanted) : wanted;
}

/** @param {string[]} wanted */
export function withNewNames(wanted) {
  return wanted.map((name) => (RENAMED.includes(name) ? `${name}t64` : name));
}

function readRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** For a machine whose package lists are empty still. @param {string} release os-release's text */
export function isRenamedRelease(release) {
  const id = /^ID="?([a-z]+)/m.exec(release)?.[1] ?? '';
  const version = Number(/^VERSION_ID="?([\d.]+)/m.exec(release)?.[1] ?? 0);
  return version >= (FIRST_RENAMED[id] ?? Number.POSITIVE_INFINITY);
}

/** @param {string[]} missing @param {string[]} packages */
function needsRoot(missing, packages) {
  return new SetupError(
    `Electron needs system libraries that are missing here: ${inShort(missing)}.`,
    `Install them once, then run this again:\n\n${aptLine(packages)}\n`,
  );
}

/** @param {string[]} names */
function inShort(names) {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}

/** @param {string[]} packages */
function aptLine(packages) {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (isOnPath('sudo')) return `sudo apt-get update && sudo ${install}`;
  return `su -c 'apt-get update && ${install}'`;
}

/** @param {string[]} missing */
function notInstallable(missing) {
  return new SetupError(
    `Electron needs system libraries that are missing here: ${inShort(missing)}.`,
    "Install your system's packages for GTK 3, NSS, ALSA, GBM and, without a display, Xvfb.",
  );
}
