// @ts-check
// Whether Chromium's sandbox can work here. Only where it can't, the app runs without.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';

const SUID_ROOT = 0o4000;
const COMMAND_MISSING = 127;

/**
 * @typedef {object} SandboxFacts
 * @property {string} platform
 * @property {number} uid
 * @property {boolean} helper whether chrome-sandbox belongs to root and is set-uid
 * @property {Record<string, string>} kernel settings by their path; absent where the kernel has none
 * @property {boolean | null} namespaces whether a trial worked; null where it could not be made
 */

const CLONE = '/proc/sys/kernel/unprivileged_userns_clone';
const LIMIT = '/proc/sys/user/max_user_namespaces';
const APPARMOR = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

/** @param {SandboxFacts} facts */
export function canSandbox({ platform, uid, helper, kernel, namespaces }) {
  if (platform !== 'linux') return true;
  // Chromium refuses to run sandboxed as root.
  if (uid === 0) return false;
  if (helper) return true;
  const isForbidden = kernel[CLONE] === '0' || kernel[LIMIT] === '0' || kernel[APPARMOR] === '1';
  return !isForbidden && namespaces !== false;
}

/** @param {string} electronFolder @returns {Promise<SandboxFacts>} */
export async function sandboxFacts(electronFolder) {
  const settings = [CLONE, LIMIT, APPARMOR].map((file) => [file, readSetting(file)]);
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? -1,
    helper: isHelperReady(path.join(electronFolder, 'chrome-sandbox')),
    kernel: Object.fromEntries(settings.filter(([, value]) => value !== null)),
    namespaces: process.platform === 'linux' ? await tryNamespaces() : null,
  };
}

/** @param {string} file */
function readSetting(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** @param {string} file */
function isHelperReady(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.uid === 0 && (stats.mode & SUID_ROOT) !== 0;
}

/**
 * With a mapped root, as Chromium needs it: some systems allow the namespace and deny the mapping.
 */
async function tryNamespaces() {
  const { code } = await capture({
    command: 'unshare',
    args: ['--user', '--map-root-user', 'true'],
  });
  return code === COMMAND_MISSING ? null : code === 0;
}
