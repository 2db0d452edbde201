// @ts-check
// npm run build: builds dist/, unless it is what the sources say already.

import { setUpBuild, setUpDependencies } from './setup.mjs';
import { note, runScript } from './steps.mjs';

await runScript(async () => {
  await setUpDependencies();
  if (!(await setUpBuild())) note('  Nothing to build: dist/ is what the sources say.');
  return 0;
});
