// @ts-check
import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { isBuilt, markBuilt, sourceHash } from './bundle.mjs';
import { fill, testFolder } from './test-folder.mjs';

const SOURCES = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'tsconfig.json': '{}',
  'vite.config.ts': '',
  'electron/main.ts': 'main',
  'shared/record/merge.ts': 'merge',
};
const BUILT = { 'dist/main/main.cjs': '', 'dist/server/server.mjs': '' };

test('unchanged sources are not built again, changed ones are', (t) => {
  const root = testFolder(t, { ...SOURCES, ...BUILT });
  assert.ok(!isBuilt(root));
  markBuilt(root);
  assert.ok(isBuilt(root));
  for (const name of Object.keys(SOURCES)) {
    fill(root, { [name]: 'changed' });
    assert.ok(!isBuilt(root), name);
    fill(root, SOURCES);
    assert.ok(isBuilt(root), name);
  }
});

test('a new, removed or renamed source is a change', (t) => {
  const root = testFolder(t, SOURCES);
  const before = sourceHash(root);
  fill(root, { 'renderer/app.tsx': '' });
  assert.notEqual(sourceHash(root), before);
  rmSync(path.join(root, 'renderer'), { recursive: true });
  assert.equal(sourceHash(root), before);
  renameSync(path.join(root, 'electron/main.ts'), path.join(root, 'electron/other.ts'));
  assert.notEqual(sourceHash(root), before);
});

test('tests and documents are no sources', (t) => {
  const root = testFolder(t, SOURCES);
  const before = sourceHash(root);
  fill(root, { 'shared/record/merge.test.ts': 'test', 'docs/a.md': '', 'README.md': '' });
  assert.equal(sourceHash(root), before);
});

test('a build without its files is none', (t) => {
  const root = testFolder(t, { ...SOURCES, ...BUILT });
  markBuilt(root);
  rmSync(path.join(root, 'dist/main/main.cjs'));
  assert.ok(!isBuilt(root));
});
