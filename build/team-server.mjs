// @ts-check
// The team server that npm start runs beside the app.

import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { exitCode, startBound, stop, waitForLine } from './processes.mjs';
import { note, SetupError } from './steps.mjs';

const HOST = '127.0.0.1';
const READY = /^ready: team server at (http:\/\/\S+)/;
const RUNNING_ALREADY = /already running at (http:\/\/\S+?:\d+)/;
const FOLDER_IN_USE = 75;
const TIME_TO_START_MS = 120_000;
const TIME_TO_STOP_MS = 10_000;
const TAIL = 2000;

/**
 * @typedef {object} TeamServer
 * @property {string} address
 * @property {(onEnd: (code: number) => void) => void} onEnd
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill at once, in the middle of whatever it does
 */

/**
 * @param {{ script: string, port: number, folder: string, logFile: string, signal: AbortSignal }} options
 * @returns {Promise<TeamServer>}
 */
export async function startTeamServer({ script, port, folder, logFile, signal }) {
  const args = ['--port', String(await freePort(port)), '--host', HOST, '--data', folder];
  const child = startBound(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = keepLog(child, logFile);
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(TIME_TO_START_MS)]);
    const ready = await waitForLine(child, READY, inTime);
    if (ready) return running(child, ready[1] ?? '');
    return runningAlready(await exitCode(child), tail());
  } catch (error) {
    await stop(child, TIME_TO_STOP_MS);
    throw signal.aborted ? signal.reason : explained(error, tail(), logFile);
  }
}

/** @param {number} port @returns {Promise<number>} it, or 0 where somebody has it */
async function freePort(port) {
  if (port === 0 || (await isFree(port))) return port;
  note(`  Port ${port} is taken; the team server looks for a free one.`);
  return 0;
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} logFile
 * @returns {() => string} the last it said
 */
function keepLog(child, logFile) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      log.write(text);
      last = (last + text).slice(-TAIL);
    });
  }
  child.once('close', () => log.end());
  return () => last.trim();
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} address
 * @returns {TeamServer}
 */
function running(child, address) {
  return {
    address,
    onEnd: (onEnd) => void exitCode(child).then(onEnd),
    stop: () => stop(child, TIME_TO_STOP_MS),
    kill: async () => {
      child.kill('SIGKILL');
      await exitCode(child);
    },
  };
}

/** @param {number} code @param {string} said @returns {TeamServer} another start's */
function runningAlready(code, said) {
  const address = RUNNING_ALREADY.exec(said)?.[1];
  if (code !== FOLDER_IN_USE || !address) throw new Error(`it ended with code ${code}`);
  note(
    `  The team server is already running at ${address}, by another start; the app uses that one.`,
  );
  return { address, onEnd: () => {}, stop: async () => {}, kill: async () => {} };
}

/** @param {unknown} error @param {string} said @param {string} logFile */
function explained(error, said, logFile) {
  const why = error instanceof Error && error.name === 'TimeoutError' ? 'it took too long' : error;
  return new SetupError(
    `The team server did not start: ${why instanceof Error ? why.message : why}.\n${said}`,
    `All it said is in ${logFile}. By itself: npm run server -- --port 0 --data FOLDER`,
  );
}
