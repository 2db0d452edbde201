// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canSandbox, sandboxFacts } from './sandbox.mjs';
import { testFolder } from './test-folder.mjs';

/** @type {import('./sandbox.mjs').SandboxFacts} */
const USER = { platform: 'linux', uid: 1000, helper: false, kernel: {}, namespaces: true };

test('a user with namespaces has the sandbox', () => {
  assert.ok(canSandbox(USER));
  assert.ok(canSandbox({ ...USER, namespaces: null }));
});

test('root never has it, not even with the helper', () => {
  assert.ok(!canSandbox({ ...USER, uid: 0 }));
  assert.ok(!canSandbox({ ...USER, uid: 0, helper: true }));
});

test('without namespaces it takes the helper', () => {
  assert.ok(!canSandbox({ ...USER, namespaces: false }));
  assert.ok(canSandbox({ ...USER, namespaces: false, helper: true }));
});

test('a kernel setting forbids it, even where the trial could not tell', () => {
  const forbidding = [
    { '/proc/sys/kernel/unprivileged_userns_clone': '0' },
    { '/proc/sys/user/max_user_namespaces': '0' },
    { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1' },
  ];
  for (const kernel of forbidding) {
    assert.ok(!canSandbox({ ...USER, kernel }));
    assert.ok(canSandbox({ ...USER, kernel, helper: true }));
  }
});

test('a kernel setting that allows it changes nothing', () => {
  const kernel = { '/proc/sys/kernel/unprivileged_userns_clone': '1' };
  assert.ok(canSandbox({ ...USER, kernel }));
});

test('other systems have sandboxes of their own', () => {
  assert.ok(canSandbox({ ...USER, platform: 'darwin', namespaces: null }));
});

test('the facts of this machine can be had', async (t) => {
  const facts = await sandboxFacts(testFolder(t));
  assert.equal(facts.platform, process.platform);
  assert.equal(facts.helper, false);
});
