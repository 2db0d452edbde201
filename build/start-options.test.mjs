// @ts-check
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { parseStartOptions, withDataFolder } from './start-options.mjs';
import { SetupError } from './steps.mjs';

test('what start does not know goes on to the app, in its order', () => {
  const options = parseStartOptions(['--clock-offset=5', '--port', '0', '--demo', '--lang=de']);
  assert.deepEqual(options, { port: 0, demo: true, appArgs: ['--clock-offset=5', '--lang=de'] });
  assert.deepEqual(parseStartOptions([]), { port: 4747, demo: false, appArgs: [] });
  assert.equal(parseStartOptions(['--port=8080']).port, 8080);
});

test('a port that is none is refused', () => {
  for (const argv of [['--port'], ['--port', 'x'], ['--port=70000'], ['--port', '-1']]) {
    assert.throws(() => parseStartOptions(argv), SetupError);
  }
});

test('the data folder is the usual one, or the given one, absolute', () => {
  assert.deepEqual(withDataFolder(['--x'], '/usual'), ['--user-data-dir=/usual', '--x']);
  const given = `--user-data-dir=${path.resolve('mine')}`;
  assert.deepEqual(withDataFolder(['--x', '--user-data-dir=mine'], '/usual'), [given, '--x']);
});
