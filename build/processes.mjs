// @ts-check
// Child processes: run one and keep what it says, wait for a line of it, stop it in good order.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ command: string, args: string[], shell?: boolean }} Command */
/** @typedef {{ code: number, output: string }} Captured */

const NOT_FOUND = 127;
const GROUP_GRACE_MS = 5000;

/**
 * Runs a command to its end, quietly; what it printed comes back with its exit code.
 * @param {Command} command
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<Captured>}
 */
export function capture({ command, args, shell = false }, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ code: NOT_FOUND, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command to its end with its output passed through. One that gets a signal is ended by it,
 * with all that it started.
 * @param {Command} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions, signal?: AbortSignal }} [options]
 * @returns {Promise<number>}
 */
export function passThrough({ command, args, shell = false }, { signal, ...options } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').SpawnOptions} */
    const full = { stdio: ['ignore', 'inherit', 'inherit'], ...options, shell };
    const child = signal ? startBound(command, args, full) : spawn(command, args, full);
    /** @type {Promise<void> | undefined} */
    let ending;
    signal?.addEventListener('abort', () => {
      ending = stopGroup(child);
    });
    child.on('error', reject);
    child.on('close', (code) => void Promise.resolve(ending).then(() => resolve(code ?? 1)));
  });
}

/** npm as the user has set it up. @param {string[]} args @returns {Command} */
export function npm(args) {
  const candidates = [
    process.env.npm_execpath ?? '',
    path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find(
    (file) => path.basename(file) === 'npm-cli.js' && existsSync(file),
  );
  if (script) return { command: process.execPath, args: [script, ...args] };
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * An installed package's command, started without npx, which costs half a second each time.
 * @param {string} root
 * @param {string} name the package
 * @param {string[]} args
 * @param {string} [binary] the command, where it is not called like its package
 * @returns {Command}
 */
export function tool(root, name, args, binary = name) {
  const folder = path.join(root, 'node_modules', name);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[binary];
  if (!script) throw new Error(`${name} has no command ${binary}`);
  return { command: process.execPath, args: [path.join(folder, script), ...args] };
}

/** @param {string} name @param {NodeJS.ProcessEnv} [env] */
export function isOnPath(name, env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => isExecutable(path.join(folder, name)));
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a child for us to stop. It has a process group of its own, so that Ctrl+C in a terminal
 * reaches it through us, in good order; and where util-linux can, the kernel ends it with us, should
 * we be killed outright.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function startBound(command, args, options) {
  const isPosix = process.platform !== 'win32';
  const full = isOnPath('setpriv')
    ? ['setpriv', '--pdeathsig', 'TERM', '--', command, ...args]
    : [command, ...args];
  const [first = command, ...rest] = full;
  const child = spawn(first, rest, { ...options, detached: isPosix });
  process.once('exit', () => killGroup(child));
  return child;
}

/** @param {ChildProcess} child */
export function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/**
 * The exit code of a child, in the shell's way for one that a signal ended.
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export async function exitCode(child) {
  if (!hasEnded(child)) await once(child, 'exit');
  if (child.exitCode !== null) return child.exitCode;
  return child.signalCode === 'SIGINT' ? 130 : child.signalCode === 'SIGTERM' ? 143 : 1;
}

/**
 * Asks a child to end, and ends it by force when it has not within the given time.
 * @param {ChildProcess} child
 * @param {number} graceMs
 */
export async function stop(child, graceMs) {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), graceMs);
  await ended;
  clearTimeout(timer);
}

/**
 * Asks a child that startBound started and all its helpers to end, waits for the last of them, and
 * ends by force what remains: a test runner's workers outlive it, closing what they opened.
 * @param {ChildProcess} child
 */
async function stopGroup(child) {
  const deadline = Date.now() + GROUP_GRACE_MS;
  let remains = signalGroup(child, 'SIGTERM');
  while (remains && Date.now() < deadline) {
    await sleep(100);
    remains = signalGroup(child, 0);
  }
  if (remains) signalGroup(child, 'SIGKILL');
}

/**
 * Ends a child that startBound started, with the helpers in its process group.
 * @param {ChildProcess} child
 */
export function killGroup(child) {
  if (!hasEnded(child) && !signalGroup(child, 'SIGKILL')) child.kill('SIGKILL');
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there was anybody to get it
 */
function signalGroup({ pid }, signal) {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/**
 * Waits for a line on a child's stdout.
 * @param {ChildProcess} child
 * @param {RegExp} pattern
 * @param {AbortSignal} signal
 * @returns {Promise<RegExpExecArray | null>} null when the child ended without it
 */
export function waitForLine(child, pattern, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    eachLine(child.stdout, (line) => {
      const match = pattern.exec(line);
      if (match) resolve(match);
    });
    child.once('close', () => resolve(null));
    child.once('error', reject);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/**
 * Calls back for each line a stream brings.
 * @param {import('node:stream').Readable | null} stream
 * @param {(line: string) => void} onLine
 */
export function eachLine(stream, onLine) {
  if (stream) createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}
