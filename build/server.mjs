// @ts-check
// npm run server: the team server alone, with the arguments given.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUpBuild, setUpDependencies } from './setup.mjs';
import { runScript } from './steps.mjs';
import { whenAbandoned } from './stop-signals.mjs';

await runScript(async () => {
  await setUpDependencies();
  await setUpBuild();
  await becomeServer(path.join(root, 'dist', 'server', 'server.mjs'));
  return Number(process.exitCode ?? 0);
});

/**
 * In this very process: signals, output and exit code are the server's own, with none to pass on.
 * @param {string} script
 */
async function becomeServer(script) {
  process.argv[1] = script;
  whenAbandoned(() => process.kill(process.pid, 'SIGTERM'));
  await import(pathToFileURL(script).href);
}
