// @ts-check
// A display for the app's window: the desktop's, or a virtual one that lives as long as we do.

import { once } from 'node:events';
import { startBound, stop } from './processes.mjs';
import { SetupError } from './steps.mjs';

const SCREEN = '1920x1080x24';
const TIME_TO_OPEN_MS = 15_000;
const TIME_TO_CLOSE_MS = 5000;

/**
 * @typedef {{ env: Record<string, string | undefined>, name: string, close: () => Promise<void> }} Display
 *   env: what its users have to see in their environment
 */

/** @param {NodeJS.ProcessEnv} [env] */
export function hasDesktop(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Electron before 38 looks for X only. @param {NodeJS.ProcessEnv} env @returns {string[]} */
export function displayArgs(env) {
  return env.WAYLAND_DISPLAY && !env.DISPLAY ? ['--ozone-platform=wayland'] : [];
}

/** @returns {Promise<Display>} */
export async function openVirtualDisplay() {
  const xvfb = startXvfb();
  let said = '';
  xvfb.stderr?.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const number = await displayNumber(xvfb);
  if (number === null) {
    await stop(xvfb, 0);
    throw new SetupError(
      `The virtual display did not start: ${said.trim() || 'Xvfb said nothing'}`,
      'Try it by hand: Xvfb :99 -screen 0 1280x800x24; then DISPLAY=:99 npm start',
    );
  }
  const name = `:${number}`;
  const env = { DISPLAY: name, WAYLAND_DISPLAY: undefined };
  return { env, name, close: () => stop(xvfb, TIME_TO_CLOSE_MS) };
}

function startXvfb() {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  return startBound('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
}

/**
 * @param {import('node:child_process').ChildProcess} xvfb
 * @returns {Promise<number | null>} null when it ended or took too long
 */
async function displayNumber(xvfb) {
  const numbers = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
  const giveUp = AbortSignal.timeout(TIME_TO_OPEN_MS);
  const failed = once(xvfb, 'error').then(() => null);
  const ended = once(xvfb, 'exit').then(() => null);
  const told = once(numbers, 'data', { signal: giveUp }).then(([data]) => Number(data));
  return Promise.race([told, failed, ended]).catch(() => null);
}
