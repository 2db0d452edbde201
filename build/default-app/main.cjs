// @ts-check
// Main script of the stand-in's default_app.asar: opens the app whose path stands on the command
// line, as Electron's own default app does. `-r <module>` loads a module first, which is how
// Playwright gets in when it launches an app by its path. CommonJS: Electron 25 knows no other.
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const electron = require('electron');

/** @typedef {{ setVersion(version: string): void, setAppPath(folder: string): void }} Undocumented */
const app = /** @type {import('electron').App & Undocumented} */ (electron.app);

/** @typedef {{ name?: string, productName?: string, version?: string, desktopName?: string }} Manifest */

/** @param {string[]} argv */
function parse(argv) {
  /** @type {string[]} */
  const preloads = [];
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (arg === '-r' || arg === '--require') preloads.push(argv[++at] ?? '');
    else if (arg === '-v' || arg === '--version') return { version: true, preloads, file: '' };
    else if (!arg.startsWith('-')) return { version: false, preloads, file: path.resolve(arg) };
  }
  return { version: false, preloads, file: '' };
}

/** @param {string} folder @returns {Manifest | null} */
function manifestIn(folder) {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @param {Manifest} manifest */
function introduce(manifest) {
  if (manifest.version) app.setVersion(manifest.version);
  const name = manifest.productName || manifest.name;
  if (name) app.setName(name);
  app.setDesktopName(manifest.desktopName || `${app.getName()}.desktop`);
}

/** @param {string} file a folder with a package.json, or a script */
function open(file) {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  const manifest = manifestIn(file);
  if (manifest) introduce(manifest);
  const main = Module.createRequire(path.join(file, 'package.json')).resolve(file);
  app.setAppPath(manifest ? file : path.dirname(main));
  loadAsMain(main);
}

/**
 * Not require(): the app's script has to find itself as require.main.
 * @param {string} script
 */
function loadAsMain(script) {
  /** @typedef {{ _load(request: string, parent: unknown, isMain: boolean): unknown }} Loader */
  const loader = /** @type {Loader} */ (/** @type {unknown} */ (Module));
  loader._load(script, Module, true);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function run() {
  const { version, preloads, file } = parse(process.argv.slice(1));
  if (version) {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  }
  if (!file) fail('Usage: electron [-r module]… [switches] <folder or script of an app>');
  const require = Module.createRequire(path.join(process.cwd(), 'package.json'));
  for (const preload of preloads) require(preload);
  open(file);
}

try {
  run();
} catch (error) {
  fail(`The app could not be loaded: ${error instanceof Error ? error.stack : error}`);
}
