// @ts-check
// What npm test understands: --only picks parts, other words narrow vitest down.

import { SetupError } from './steps.mjs';

/** In the order in which they run: what fails fast comes first. */
export const PARTS = /** @type {const} */ ([
  'lint',
  'types',
  'scripts',
  'spec',
  'unit',
  'server',
  'fuzz',
  'e2e',
]);

/**
 * @typedef {typeof PARTS[number]} Part
 * @typedef {{ parts: readonly Part[], filters: string[] }} TestOptions
 */

/** @param {string[]} argv @returns {TestOptions} */
export function parseTestOptions(argv) {
  /** @type {Part[]} */
  const only = [];
  /** @type {string[]} */
  const filters = [];
  const rest = [...argv];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--only') only.push(partCalled(rest.shift() ?? ''));
    else if (arg.startsWith('--only=')) only.push(partCalled(arg.slice('--only='.length)));
    else filters.push(arg);
  }
  return { parts: only.length > 0 ? PARTS.filter((part) => only.includes(part)) : PARTS, filters };
}

/** @param {string} name @returns {Part} */
function partCalled(name) {
  const part = PARTS.find((known) => known === name);
  if (part) return part;
  throw new SetupError(
    `--only ${name} is no part of the tests.`,
    `Choose among ${PARTS.join(', ')}.`,
  );
}
