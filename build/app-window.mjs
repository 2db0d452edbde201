// @ts-check
// The app as npm start runs it: opened, waited for, stopped.

import { eachLine, exitCode, startBound, stop, waitForLine } from './processes.mjs';
import { note, SetupError } from './steps.mjs';

const READY = /^ready: window open/;
/** Chromium's own chatter, such as a missing message bus. */
const CHATTER = /^\[\d+:\d+\/[\d.]+:(INFO|WARNING|ERROR):/;
const TIME_TO_OPEN_MS = 60_000;
const TIME_TO_QUIT_MS = 15_000;

/**
 * @typedef {object} App
 * @property {Promise<void>} shown
 * @property {() => Promise<number>} ended
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ binary: string, args: string[], env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {App}
 */
export function openApp({ binary, args, env, signal }) {
  const child = startBound(binary, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // stdout is for our own ready line, so what the app says goes to stderr.
  eachLine(child.stdout, (line) => READY.test(line) || note(line));
  eachLine(child.stderr, (line) => CHATTER.test(line) || note(line));
  return {
    shown: shown(child, AbortSignal.any([signal, AbortSignal.timeout(TIME_TO_OPEN_MS)])),
    ended: () => exitCode(child),
    stop: () => stop(child, TIME_TO_QUIT_MS),
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {AbortSignal} signal
 */
async function shown(child, signal) {
  try {
    if (await waitForLine(child, READY, signal)) return;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    throw new SetupError(
      `The app has shown no window within ${TIME_TO_OPEN_MS / 1000} seconds.`,
      'See above for what it said; npm test -- --only e2e tries it in parts.',
    );
  }
  throw new SetupError(
    `The app ended with code ${await exitCode(child)} before it showed its window.`,
    'See above for what it said. It may be open already, with the same data folder.',
  );
}
