// @ts-check
// npm run fuzz -- --seconds 600 --seed 7: laptops and server under faults, for longer than npm test.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { passThrough, tool } from './processes.mjs';
import { root, setUpDependencies } from './setup.mjs';
import { runScript, SetupError } from './steps.mjs';
import { stopSignal } from './stop-signals.mjs';

const RESULTS = path.join(root, 'bench', 'results', 'fuzz.json');

await runScript(async () => {
  const { values } = parseArgs({
    options: { seconds: { type: 'string' }, seed: { type: 'string' } },
  });
  const env = {
    ...process.env,
    FUZZ_SECONDS: String(wholeNumber('--seconds', values.seconds ?? '60')),
    FUZZ_RESULTS: RESULTS,
    ...(values.seed === undefined ? {} : { FUZZ_SEED: String(wholeNumber('--seed', values.seed)) }),
  };
  await setUpDependencies();
  const command = tool(root, 'vitest', ['run', '--project', 'sync-fuzz', 'fuzz.test']);
  return passThrough(command, { cwd: root, env, signal: stopSignal() });
});

/** @param {string} name @param {string} text */
function wholeNumber(name, text) {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SetupError(
    `${name} takes a whole number, not “${text}”.`,
    'npm run fuzz -- --seconds 600 --seed 7',
  );
}
