// @ts-check
// Set-up, shared by start, test, build, server and runtime: each part does nothing where nothing is
// missing, so that a second run starts at once.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './bundle.mjs';
import { ensureDependencies, requireNode } from './dependencies.mjs';
import { displayArgs, hasDesktop, openVirtualDisplay } from './display.mjs';
import { binaryIn, describeRuntime, realSources, resolveRuntime } from './electron-runtime.mjs';
import { canSandbox, sandboxFacts } from './sandbox.mjs';
import { step } from './steps.mjs';
import { ensureLibraries } from './system-libraries.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
/** Where a developer's data live: not in git, never shipped. */
export const dataFolder = path.join(root, '.satchel');
const lockFile = path.join(dataFolder, 'set-up.lock');

/**
 * @typedef {object} Desktop what it takes to run the app
 * @property {string} electronDir
 * @property {string} binary
 * @property {string[]} appArgs switches the app needs on this machine
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<void>} close
 */

export async function setUpDependencies() {
  requireNode();
  await ensureDependencies(root, lockFile);
}

export function setUpBuild() {
  return ensureBuilt(root, lockFile);
}

export function setUpRuntime() {
  return step('Electron runtime', () => resolveRuntime(realSources(root)), describeRuntime);
}

/**
 * @param {{ alwaysVirtual: boolean }} options whether a desktop that is there is left alone
 * @returns {Promise<Desktop>}
 */
export async function setUpDesktop({ alwaysVirtual }) {
  const { folder } = await setUpRuntime();
  const binary = binaryIn(folder);
  const isVirtual = process.platform === 'linux' && (alwaysVirtual || !hasDesktop());
  await ensureLibraries(binary, isVirtual, lockFile);
  const display = isVirtual ? await openDisplay() : null;
  const env = appEnvironment(folder, display?.env ?? {});
  const appArgs = [...(await sandboxArgs(folder)), ...displayArgs(env)];
  return { electronDir: folder, binary, appArgs, env, close: display?.close ?? (async () => {}) };
}

function openDisplay() {
  return step('Virtual display', openVirtualDisplay, ({ name }) => name);
}

/** @param {string} electronDir @returns {Promise<string[]>} */
async function sandboxArgs(electronDir) {
  return canSandbox(await sandboxFacts(electronDir)) ? [] : ['--no-sandbox'];
}

/**
 * @param {string} electronDir
 * @param {Record<string, string | undefined>} display
 * @returns {NodeJS.ProcessEnv}
 */
function appEnvironment(electronDir, display) {
  const runtime = { ELECTRON_OVERRIDE_DIST_PATH: electronDir, SATCHEL_ELECTRON_DIST: electronDir };
  // Some editors' terminals set ELECTRON_RUN_AS_NODE, which would open no window.
  const env = { ...process.env, ...runtime, ...display, ELECTRON_RUN_AS_NODE: undefined };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}
