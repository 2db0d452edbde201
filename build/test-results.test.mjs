// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTestOptions } from './test-options.mjs';
import { countCheck, countTap, countVitest, sum } from './test-results.mjs';

/** @param {string[]} statuses */
function report(...statuses) {
  const assertionResults = statuses.map((status, at) => ({ status, fullName: `test ${at}` }));
  const status = statuses.includes('failed') ? 'failed' : 'passed';
  return { testResults: [{ name: 'a.test.ts', status, assertionResults }] };
}

test('passed, failed and skipped tests of vitest are counted', () => {
  const count = countVitest('unit', report('passed', 'failed', 'pending', 'todo', 'passed'), 1);
  assert.deepEqual(count, { passed: 2, failed: 1, skipped: 2, failures: ['unit: test 1'] });
});

test('a file that could not be loaded is a failure', () => {
  const broken = { name: 'b.test.ts', status: 'failed', assertionResults: [] };
  const { testResults } = report('passed');
  const count = countVitest('unit', { testResults: [...testResults, broken] }, 1);
  assert.deepEqual([count.passed, count.failed], [1, 1]);
});

test('a suite that ran nothing has failed', () => {
  assert.equal(countVitest('e2e', null, 0).failed, 1);
  assert.equal(countVitest('e2e', { testResults: [] }, 0).failed, 1);
  assert.equal(countVitest('e2e', report('pending'), 0).failed, 1);
  assert.equal(countTap('scripts', '# tests 0\n# pass 0\n# fail 0\n', 0).failed, 1);
  assert.equal(countTap('scripts', '', 1).failed, 1);
});

test('a runner that failed after its tests passed has failed', () => {
  assert.equal(countVitest('unit', report('passed'), 1).failed, 1);
  assert.equal(countTap('scripts', '# pass 3\n# fail 0\n', 7).failed, 1);
});

test("node's own runner is counted by its summary", () => {
  const tap = 'ok 1 - a\nnot ok 2 - b is wrong\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n';
  const count = countTap('scripts', tap, 1);
  assert.deepEqual(count, { passed: 1, failed: 1, skipped: 1, failures: ['scripts: b is wrong'] });
});

test('counts add up', () => {
  const total = sum([countCheck('lint', true), countCheck('types', false)]);
  assert.deepEqual(total, { passed: 1, failed: 1, skipped: 0, failures: ['types'] });
});

test('--only picks parts, in the usual order, and the rest narrows vitest down', () => {
  const options = parseTestOptions(['--only', 'e2e', '--only=unit', 'merge']);
  assert.deepEqual(options, { parts: ['unit', 'e2e'], filters: ['merge'] });
  assert.ok(parseTestOptions([]).parts.length > 5);
  assert.throws(() => parseTestOptions(['--only', 'nothing']), /no part/);
});
