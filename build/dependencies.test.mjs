// @ts-check
import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { areDependenciesStale, markInstalled, requireNode } from './dependencies.mjs';
import { SetupError } from './steps.mjs';
import { fill, testFolder } from './test-folder.mjs';

test('dependencies are stale until installed, and again when the lock file says something else', (t) => {
  const root = testFolder(t, { 'package-lock.json': '{"a":1}', 'node_modules/a/index.js': '' });
  assert.ok(areDependenciesStale(root));
  markInstalled(root);
  assert.ok(!areDependenciesStale(root));
  fill(root, { 'package-lock.json': '{"a":2}' });
  assert.ok(areDependenciesStale(root));
});

test('times do not count, contents do', (t) => {
  const root = testFolder(t, { 'package-lock.json': '{}', 'node_modules/a/index.js': '' });
  markInstalled(root);
  const later = Date.now() / 1000 + 3600;
  utimesSync(path.join(root, 'package-lock.json'), later, later);
  assert.ok(!areDependenciesStale(root));
});

test('a missing lock file is explained', (t) => {
  const root = testFolder(t, { 'node_modules/.satchel-lock-sha256': 'x' });
  assert.throws(() => areDependenciesStale(root), SetupError);
});

test('old Node is turned away', () => {
  for (const version of ['18.20.4', '20.18.3'])
    assert.throws(() => requireNode(version), SetupError);
  for (const version of ['20.19.0', '20.20.2', '22.1.0', '24.0.0']) requireNode(version);
});
