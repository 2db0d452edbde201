// @ts-check
// What npm start understands; everything else goes on to the app.

import path from 'node:path';
import { SetupError } from './steps.mjs';

const USUAL_PORT = 4747;
const DATA_SWITCH = '--user-data-dir=';

/** @typedef {{ port: number, demo: boolean, appArgs: string[] }} StartOptions */

/**
 * @param {string[]} argv
 * @returns {StartOptions}
 */
export function parseStartOptions(argv) {
  /** @type {StartOptions} */
  const options = { port: USUAL_PORT, demo: false, appArgs: [] };
  const rest = [...argv];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--demo') options.demo = true;
    else if (arg === '--port') options.port = parsePort(rest.shift() ?? '');
    else if (arg.startsWith('--port=')) options.port = parsePort(arg.slice('--port='.length));
    else options.appArgs.push(arg);
  }
  return options;
}

/** @param {string} text */
function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new SetupError(
    `--port ${text} is no port.`,
    'Give a number up to 65535; 0 takes a free one.',
  );
}

/**
 * The switches with the folder for the app's own data among them, absolute: Chromium's helper
 * processes do not share a working folder with it.
 * @param {string[]} appArgs
 * @param {string} usual
 */
export function withDataFolder(appArgs, usual) {
  const isData = (/** @type {string} */ arg) => arg.startsWith(DATA_SWITCH);
  const given = appArgs.find(isData)?.slice(DATA_SWITCH.length);
  const folder = DATA_SWITCH + (given ? path.resolve(given) : usual);
  return [folder, ...appArgs.filter((arg) => !isData(arg))];
}
