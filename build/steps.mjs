// @ts-check
// What set-up says while it works: one calm line for each step, on stderr, since stdout belongs to
// the ready line, the runtime's folder and the test summary.

/** A failure that a person can mend: what went wrong, and what to do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} remedy
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

let openLine = '';

/** @param {string} text */
export function note(text) {
  if (openLine) process.stderr.write('\n');
  openLine = '';
  process.stderr.write(`${text}\n`);
}

/** @param {number} since a reading of performance.now() */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Says what begins, does it, and ends the line with how it went and how long it took.
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @param {(result: T) => string} [describe]
 * @returns {Promise<T>}
 */
export async function step(label, work, describe = () => '') {
  const since = performance.now();
  openLine = label;
  process.stderr.write(`  ${label} … `);
  try {
    const result = await work();
    endLine(label, '✓', describe(result), since);
    return result;
  } catch (error) {
    endLine(label, '✗', '', since);
    throw error;
  }
}

/**
 * @param {string} label
 * @param {string} mark
 * @param {string} outcome
 * @param {number} since
 */
function endLine(label, mark, outcome, since) {
  // A note in between has taken the line: the label is said again.
  const start = openLine === label ? '' : `  ${label} … `;
  openLine = '';
  process.stderr.write(`${start}${mark} ${outcome ? `${outcome}, ` : ''}${seconds(since)}\n`);
}

/**
 * The last word of a script that failed.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof SetupError) note(`\n${error.message}\n→ ${error.remedy}`);
  else note(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * Runs a script's main function and turns a failure into its explanation and exit code 1.
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  // Whoever reads our output may leave early (npm start | head -1); that is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    process.exitCode = await main();
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
