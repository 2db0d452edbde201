// @ts-check
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.mjs';
import { testFolder } from './test-folder.mjs';

const NO_PROCESS = 2 ** 22 + 1;

test('one at a time', async (t) => {
  const file = path.join(testFolder(t), 'lock');
  /** @type {string[]} */
  const events = [];
  const work = (/** @type {string} */ name) =>
    withLock(file, async () => {
      events.push(`${name} begins`);
      await sleep(20);
      events.push(`${name} ends`);
    });
  await Promise.all([work('a'), work('b')]);
  assert.deepEqual(events, ['a begins', 'a ends', 'b begins', 'b ends']);
  assert.ok(!existsSync(file));
});

test('the lock goes when the work fails', async (t) => {
  const file = path.join(testFolder(t), 'lock');
  await assert.rejects(
    withLock(file, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.ok(!existsSync(file));
});

test('the lock of a process that is gone does not count', async (t) => {
  const file = path.join(testFolder(t), 'lock');
  writeFileSync(file, String(NO_PROCESS));
  assert.equal(await withLock(file, async () => 'done'), 'done');
});
