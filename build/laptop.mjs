// @ts-check
// The app on a laptop of its own, that is with its own data folder, driven by Playwright.

import path from 'node:path';
import { _electron } from 'playwright';

/**
 * @typedef {object} Laptop
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} page
 * @property {() => Promise<void>} close
 */

const TIME_TO_OPEN_MS = 60_000;

/**
 * @param {{ root: string, electronDir: string, appArgs: string[], env: NodeJS.ProcessEnv, dataDir: string }} options
 * @returns {Promise<Laptop>}
 */
export async function openLaptop({ root, electronDir, appArgs, env, dataDir }) {
  const binary = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const app = await _electron.launch({
    executablePath: path.join(electronDir, binary),
    args: [...appArgs, root, `--user-data-dir=${dataDir}`],
    env: /** @type {Record<string, string>} */ (env),
    timeout: TIME_TO_OPEN_MS,
  });
  const page = await app.firstWindow({ timeout: TIME_TO_OPEN_MS });
  return { app, page, close: () => app.close() };
}
