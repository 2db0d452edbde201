// @ts-check
// npm run mutants: sabotages a copy of the source, one small change after the other, and shows that
// the tests notice each. Words narrow it down by name or rule: npm run mutants -- undo K1

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MUTANTS } from '../tests/mutants/mutants.mjs';
import { capture, tool } from './processes.mjs';
import { root } from './setup.mjs';
import { note, runScript, SetupError, seconds } from './steps.mjs';
import { Stopped, stopSignal } from './stop-signals.mjs';

/**
 * @typedef {import('../tests/mutants/mutants.mjs').Mutant} Mutant
 * @typedef {import('./test-results.mjs').VitestReport} VitestReport
 * @typedef {'caught' | 'survived' | 'broken' | 'outdated'} Fate
 * @typedef {{ mutant: Mutant, fate: Fate, detail: string }} Result
 */

/**
 * The source with the sabotage in it; undefined where the place is not there, or more than once.
 * @param {string} source
 * @param {Pick<Mutant, 'find' | 'replace'>} mutant
 */
export function sabotaged(source, { find, replace }) {
  const at = source.indexOf(find);
  if (at < 0 || source.indexOf(find, at + 1) >= 0 || find === replace) return undefined;
  return source.slice(0, at) + replace + source.slice(at + find.length);
}

/**
 * What became of a mutant, from vitest's report. Only a test that ran and failed has caught it: a
 * file that can't be loaded shows a bad mutant.
 * @param {VitestReport | null} report
 * @returns {{ fate: Fate, detail: string }}
 */
export function fateOf(report) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const failed = tests.find(({ status }) => status === 'failed');
  if (failed) return { fate: 'caught', detail: failed.fullName };
  const passed = tests.filter(({ status }) => status === 'passed').length;
  if (passed === 0 || files.some(({ status }) => status === 'failed')) {
    return { fate: 'broken', detail: 'its tests could not be run' };
  }
  return { fate: 'survived', detail: `${passed} tests passed` };
}

/**
 * @param {readonly Mutant[]} mutants
 * @param {readonly string[]} words
 */
export function selected(mutants, words) {
  if (words.length === 0) return mutants;
  return mutants.filter(({ name, rule }) =>
    words.some((word) => rule === word || name.includes(word)),
  );
}

/** @param {readonly Result[]} results */
export function tableOf(results) {
  const width = Math.max(...results.map(({ mutant }) => mutant.name.length));
  const rows = results.map(
    ({ mutant, fate, detail }) =>
      `${fate === 'caught' ? '✓' : '✗'} ${mutant.rule.padEnd(3)} ${mutant.name.padEnd(width)}  ${fate}: ${detail}\n`,
  );
  const caught = results.filter(({ fate }) => fate === 'caught').length;
  return `${rows.join('')}\n${caught} of ${results.length} mutants caught\n`;
}

/** A copy of the checkout as git sees it, with the packages linked. @returns {Promise<string>} */
async function copyOfSource() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { code, output } = await capture({ command: 'git', args }, { cwd: root });
  if (code !== 0) throw new SetupError('git could not list the files.', 'Run it in a checkout.');
  const copy = mkdtempSync(path.join(os.tmpdir(), 'satchel-mutants-'));
  for (const file of output.split('\0').filter(Boolean)) {
    cpSync(path.join(root, file), path.join(copy, file), { force: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  return copy;
}

/**
 * @param {string} copy
 * @param {string[]} tests
 * @param {string[]} options
 * @returns {Promise<VitestReport | null>}
 */
async function runTests(copy, tests, options) {
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  const reporter = ['--reporter=json', `--outputFile.json=${report}`];
  await capture(tool(root, 'vitest', ['run', ...options, ...reporter, ...tests]), { cwd: copy });
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * The tests that fail without any sabotage, and so can't show anything.
 * @param {string} copy
 * @param {readonly Mutant[]} mutants
 */
async function failingAlready(copy, mutants) {
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
  const report = await runTests(copy, tests, []);
  const passing = (report?.testResults ?? []).filter(({ status }) => status === 'passed');
  return tests.filter((test) => !passing.some(({ name }) => name.endsWith(`/${test}`)));
}

/**
 * @param {string} copy
 * @param {Mutant} mutant
 * @param {readonly string[]} failing
 * @returns {Promise<Result>}
 */
async function tryMutant(copy, mutant, failing) {
  const unusable = mutant.tests.find((test) => failing.includes(test));
  if (unusable) return { mutant, fate: 'broken', detail: `${unusable} fails without it` };
  const file = path.join(copy, mutant.file);
  const source = readFileSync(file, 'utf8');
  const changed = sabotaged(source, mutant);
  if (changed === undefined) {
    return { mutant, fate: 'outdated', detail: `its place is not once in ${mutant.file}` };
  }
  writeFileSync(file, changed);
  try {
    return { mutant, ...fateOf(await runTests(copy, mutant.tests, ['--bail', '1'])) };
  } finally {
    writeFileSync(file, source);
  }
}

/** @param {readonly Mutant[]} mutants @param {AbortSignal} signal */
async function tryAll(mutants, signal) {
  const copy = await copyOfSource();
  try {
    const failing = await failingAlready(copy, mutants);
    /** @type {Result[]} */
    const results = [];
    for (const mutant of mutants) {
      signal.throwIfAborted();
      const since = performance.now();
      const result = await tryMutant(copy, mutant, failing);
      note(
        `${result.fate === 'caught' ? '✓' : '✗'} ${mutant.name}: ${result.fate}, ${seconds(since)}`,
      );
      results.push(result);
    }
    return results;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function main() {
  const mutants = selected(MUTANTS, process.argv.slice(2));
  if (mutants.length === 0) throw new SetupError('No mutant is called so.', 'Give other words.');
  try {
    const results = await tryAll(mutants, stopSignal());
    process.stdout.write(tableOf(results));
    return results.every(({ fate }) => fate === 'caught') ? 0 : 1;
  } catch (error) {
    if (error instanceof Stopped) return error.code;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runScript(main);
