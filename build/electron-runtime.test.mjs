// @ts-check
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { binaryIn, resolveRuntime } from './electron-runtime.mjs';
import { SetupError } from './steps.mjs';
import { testFolder } from './test-folder.mjs';

/**
 * Sources that have nothing, but for what a test gives them, and a list of what was asked.
 * @param {Partial<import('./electron-runtime.mjs').Sources>} having
 */
function fakes(having) {
  /** @type {string[]} */
  const asked = [];
  const none = {
    override: undefined,
    installed: () => null,
    answers: async () => false,
    download: async () => null,
    cached: () => null,
    fetch: async () => '/fetched',
  };
  const sources = { ...none, ...having };
  /** @template T @param {string} name @param {() => T} ask @returns {() => T} */
  const recorded = (name, ask) => () => {
    asked.push(name);
    return ask();
  };
  return {
    asked,
    sources: {
      override: sources.override,
      installed: recorded('installed', sources.installed),
      answers: recorded('answers', sources.answers),
      download: recorded('download', sources.download),
      cached: recorded('cached', sources.cached),
      fetch: recorded('fetch', sources.fetch),
    },
  };
}

test('an explicit folder comes before everything, and nothing else is asked', async (t) => {
  const folder = testFolder(t, { version: 'v31.2.3' });
  const binary = path.relative(folder, binaryIn(folder));
  const explicit = testFolder(t, { version: 'v31.2.3', [binary]: '' });
  const { sources, asked } = fakes({ override: explicit, installed: () => '/official' });
  const runtime = await resolveRuntime(sources);
  assert.deepEqual(runtime, { folder: explicit, kind: 'override', version: '31.2.3' });
  assert.deepEqual(asked, []);
});

test('an explicit folder without an Electron is refused, not passed over', async (t) => {
  const { sources } = fakes({ override: testFolder(t), installed: () => '/official' });
  await assert.rejects(resolveRuntime(sources), SetupError);
});

test('the installed official binary spares the question', async () => {
  const { sources, asked } = fakes({ installed: () => '/official', cached: () => '/cached' });
  const { folder, kind } = await resolveRuntime(sources);
  assert.deepEqual({ folder, kind }, { folder: '/official', kind: 'official' });
  assert.deepEqual(asked, ['installed']);
});

test('an answering download comes before a cached stand-in', async () => {
  const answers = async () => true;
  const { sources, asked } = fakes({
    answers,
    download: async () => '/new',
    cached: () => '/cached',
  });
  const { folder, kind } = await resolveRuntime(sources);
  assert.deepEqual({ folder, kind }, { folder: '/new', kind: 'official' });
  assert.deepEqual(asked, ['installed', 'answers', 'download']);
});

test('a download that answers and then fails falls back to the stand-in', async () => {
  const { sources, asked } = fakes({ answers: async () => true, cached: () => '/cached' });
  const { folder, kind } = await resolveRuntime(sources);
  assert.deepEqual({ folder, kind }, { folder: '/cached', kind: 'stand-in' });
  assert.deepEqual(asked, ['installed', 'answers', 'download', 'cached']);
});

test('without an answer nothing is downloaded, and a cached stand-in is not fetched again', async () => {
  const { sources, asked } = fakes({ cached: () => '/cached' });
  assert.equal((await resolveRuntime(sources)).folder, '/cached');
  assert.deepEqual(asked, ['installed', 'answers', 'cached']);
});

test('at last the stand-in is fetched', async () => {
  const { sources, asked } = fakes({});
  assert.equal((await resolveRuntime(sources)).folder, '/fetched');
  assert.deepEqual(asked, ['installed', 'answers', 'cached', 'fetch']);
});
