// @ts-check
// npm test: everything in order, each part counted, one summary at the end.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { passThrough, tool } from './processes.mjs';
import { root, setUpBuild, setUpDependencies, setUpDesktop } from './setup.mjs';
import { reportSpec } from './spec-rules.mjs';
import { explain, note, runScript, seconds } from './steps.mjs';
import { Stopped, stopSignal } from './stop-signals.mjs';
import { parseTestOptions } from './test-options.mjs';
import { countCheck, countTap, countVitest, sum } from './test-results.mjs';

/**
 * @typedef {import('./processes.mjs').Command} Command
 * @typedef {import('./test-options.mjs').Part} Part
 * @typedef {import('./test-results.mjs').Count} Count
 *
 * @typedef {object} Run what all parts share
 * @property {string[]} filters for vitest
 * @property {string} reports a folder for the runners' reports
 * @property {AbortSignal} signal
 */

/** @type {Record<Part, (run: Run) => Promise<Count | null>>} null where there is nothing to run */
const RUNNERS = {
  lint: (run) => check(run, 'lint', tool(root, '@biomejs/biome', ['ci', '.'], 'biome')),
  types: (run) => check(run, 'types', tool(root, 'typescript', ['--noEmit'], 'tsc')),
  spec: async () => countCheck('spec', reportSpec(root)),
  scripts: testScripts,
  unit: (run) => testWithVitest(run, 'unit', process.env),
  server: (run) => testWithVitest(run, 'server', process.env),
  fuzz: (run) => testWithVitest(run, 'sync-fuzz', process.env),
  e2e: testApp,
};

await runScript(async () => {
  const { parts, filters } = parseTestOptions(process.argv.slice(2));
  await setUpDependencies();
  const reports = mkdtempSync(path.join(os.tmpdir(), 'satchel-test-'));
  try {
    return conclude(await runParts(parts, { filters, reports, signal: stopSignal() }));
  } catch (error) {
    if (error instanceof Stopped) return error.code;
    throw error;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

/** @param {readonly Part[]} parts @param {Run} run */
async function runParts(parts, run) {
  /** @type {Count[]} */
  const counts = [];
  for (const part of parts) {
    const count = await runPart(part, run);
    run.signal.throwIfAborted();
    if (count) counts.push(count);
  }
  return sum(counts);
}

/** @param {Part} part @param {Run} run */
async function runPart(part, run) {
  const since = performance.now();
  const count = await RUNNERS[part](run).catch((error) => {
    explain(error);
    return countCheck(
      `${part}: ${error instanceof Error ? firstLine(error.message) : error}`,
      false,
    );
  });
  if (count)
    note(`${count.failed > 0 ? '✗' : '✓'} ${part}: ${inWords(count)}, ${seconds(since)}\n`);
  return count;
}

/** @param {string} text */
function firstLine(text) {
  return text.split('\n', 1)[0] ?? '';
}

/** @param {Count} count */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {Run} run @param {string} name @param {Command} command */
async function check(run, name, command) {
  return countCheck(name, (await passThrough(command, { cwd: root, signal: run.signal })) === 0);
}

/** The set-up's own tests. @param {Run} run */
async function testScripts(run) {
  const names = readdirSync(path.join(root, 'build')).filter((name) => name.endsWith('.test.mjs'));
  const report = path.join(run.reports, 'scripts.tap');
  const toScreen = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const toFile = ['--test-reporter=tap', `--test-reporter-destination=${report}`];
  const files = names.map((name) => path.join('build', name));
  const command = { command: process.execPath, args: ['--test', ...toScreen, ...toFile, ...files] };
  const code = await passThrough(command, { cwd: root, signal: run.signal });
  return countTap('scripts', existsSync(report) ? readFileSync(report, 'utf8') : '', code);
}

/** @param {Run} run @param {string} project @param {NodeJS.ProcessEnv} env */
async function testWithVitest(run, project, env) {
  const report = path.join(run.reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = tool(root, 'vitest', ['run', '--project', project, ...reporters, ...run.filters]);
  const code = await passThrough(command, { cwd: root, env, signal: run.signal });
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  return countVitest(project, results, code);
}

/** The real app, always on a virtual display: no desktop's windows get in its way. @param {Run} run */
async function testApp(run) {
  await setUpBuild();
  const desktop = await setUpDesktop({ alwaysVirtual: true });
  try {
    return await testWithVitest(run, 'e2e', desktop.env);
  } finally {
    await desktop.close();
  }
}

/** @param {Count} total @returns {number} the exit code */
function conclude({ passed, failed, failures }) {
  const list = failures.map((failure) => `  ${failure}\n`).join('');
  if (list) process.stdout.write(`Failed:\n${list}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
