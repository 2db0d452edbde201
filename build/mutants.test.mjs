// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { MUTANTS } from '../tests/mutants/mutants.mjs';
import { fateOf, sabotaged, selected, tableOf } from './mutants.mjs';
import { checkSpec } from './spec-rules.mjs';

const root = path.resolve(import.meta.dirname, '..');

test('a sabotage is applied where its place stands exactly once', () => {
  assert.equal(sabotaged('a b c', { find: 'b', replace: '$&x' }), 'a $&x c');
  assert.equal(sabotaged('a b b', { find: 'b', replace: 'x' }), undefined);
  assert.equal(sabotaged('a b', { find: 'z', replace: 'x' }), undefined);
  assert.equal(sabotaged('a b', { find: 'b', replace: 'b' }), undefined);
});

test('a mutant is caught by a test that ran and failed, and by nothing else', () => {
  const passed = { status: 'passed', fullName: 'good' };
  const failed = { status: 'failed', fullName: 'bad' };
  const file = (/** @type {string} */ status, /** @type {(typeof passed)[]} */ ...tests) => ({
    testResults: [{ name: 'x.test.ts', status, assertionResults: tests }],
  });
  assert.deepEqual(fateOf(file('failed', passed, failed)), { fate: 'caught', detail: 'bad' });
  assert.equal(fateOf(file('passed', passed)).fate, 'survived');
  assert.equal(fateOf(file('failed')).fate, 'broken');
  assert.equal(fateOf(file('failed', passed)).fate, 'broken');
  assert.equal(fateOf(null).fate, 'broken');
});

test('words pick mutants by rule or by a part of the name', () => {
  const [one, two] = [MUTANTS[0], MUTANTS[1]];
  assert.ok(one && two);
  assert.deepEqual(selected([one, two], []), [one, two]);
  assert.deepEqual(selected([one, two], [one.rule]), [one]);
  assert.deepEqual(selected([one, two], [two.name.slice(3, 12)]), [two]);
  assert.match(tableOf([{ mutant: one, fate: 'survived', detail: 'x' }]), /✗ .*\n\n0 of 1/);
});

test('every mutant still has its place, its tests and its rule, and a name of its own', () => {
  const { rules } = checkSpec(root);
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  for (const mutant of MUTANTS) {
    const source = readFileSync(path.join(root, mutant.file), 'utf8');
    assert.notEqual(sabotaged(source, mutant), undefined, mutant.name);
    assert.ok(mutant.tests.length > 0 && rules.includes(mutant.rule), mutant.name);
    for (const file of mutant.tests) assert.ok(existsSync(path.join(root, file)), file);
  }
});
