// @ts-check
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { finish, isComplete, publish, standInFolder, verify } from './stand-in.mjs';
import { SetupError } from './steps.mjs';
import { fill, testFolder } from './test-folder.mjs';

const UNPACKED = { '@wingconsoledesktop': 'binary', 'locales/de.pak': 'Deutsch' };

/** @param {import('node:test').TestContext} t @param {string} name */
function made(t, name) {
  const folder = path.join(testFolder(t), name);
  fill(folder, UNPACKED);
  finish(folder);
  return folder;
}

test('the cache is outside node_modules, where the user wants it', () => {
  const name = 'electron-standin-25.1.1';
  assert.equal(standInFolder({ SATCHEL_CACHE: '/own' }), path.resolve('/own', name));
  assert.equal(standInFolder({ XDG_CACHE_HOME: '/xdg' }), path.join('/xdg', 'satchel', name));
  assert.match(standInFolder({ XDG_CACHE_HOME: 'relative' }), /\.cache/);
});

test('a finished folder is an Electron, and complete', (t) => {
  const folder = made(t, 'electron');
  assert.equal(readFileSync(path.join(folder, 'electron'), 'utf8'), 'binary');
  assert.equal(readFileSync(path.join(folder, 'version'), 'utf8'), '25.1.1');
  assert.ok(existsSync(path.join(folder, 'resources', 'default_app.asar')));
  assert.ok(isComplete(folder));
});

test('a folder that lacks its stamp or a file, or has half a file, is not complete', (t) => {
  const unstamped = made(t, 'a');
  rmSync(path.join(unstamped, '.complete'));
  assert.ok(!isComplete(unstamped));
  const lacking = made(t, 'b');
  rmSync(path.join(lacking, 'locales', 'de.pak'));
  assert.ok(!isComplete(lacking));
  const halved = made(t, 'c');
  fill(halved, { electron: 'bin' });
  assert.ok(!isComplete(halved));
  assert.ok(!isComplete(path.join(halved, 'nowhere')));
});

test('publishing replaces a broken folder', (t) => {
  const folder = testFolder(t, { electron: 'broken' });
  publish(made(t, 'new'), folder);
  assert.ok(isComplete(folder));
});

test('publishing leaves a whole folder of another run alone', (t) => {
  const folder = made(t, 'theirs');
  fill(folder, { mark: 'theirs' });
  const ours = made(t, 'ours');
  publish(ours, folder);
  assert.ok(existsSync(path.join(folder, 'mark')));
  assert.ok(existsSync(ours));
});

test('a file that is not what it should be is refused', async (t) => {
  const file = path.join(testFolder(t, { 'a.tgz': 'content' }), 'a.tgz');
  const right = createHash('sha256').update('content').digest('hex');
  await verify(file, 'sha256', 'hex', right);
  await assert.rejects(verify(file, 'sha256', 'hex', right.replace(/./, 'x')), SetupError);
});
