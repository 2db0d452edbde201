// @ts-check
// npm run --silent runtime: prints the folder of the Electron runtime that start and test use.

import { setUpDependencies, setUpRuntime } from './setup.mjs';
import { runScript } from './steps.mjs';

await runScript(async () => {
  await setUpDependencies();
  const { folder } = await setUpRuntime();
  process.stdout.write(`${folder}\n`);
  return 0;
});
