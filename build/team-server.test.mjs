// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { SetupError } from './steps.mjs';
import { startTeamServer } from './team-server.mjs';
import { testFolder } from './test-folder.mjs';

const SERVING = `
  import { createServer } from 'node:http';
  const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
  const server = createServer((request, response) => response.end('up'));
  server.listen(port, '127.0.0.1', () => {
    console.log('starting');
    console.log('ready: team server at http://127.0.0.1:' + server.address().port);
  });
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
`;

/**
 * @param {import('node:test').TestContext} t
 * @param {string} script
 * @param {number} [port]
 */
function start(t, script, port = 0) {
  const folder = testFolder(t, { 'server.mjs': script });
  const logFile = path.join(folder, 'server.log');
  const { signal } = new AbortController();
  const options = { script: path.join(folder, 'server.mjs'), port, folder, logFile, signal };
  return { logFile, server: startTeamServer(options) };
}

test('the server is there when start says so, and stops when told', async (t) => {
  const { server, logFile } = start(t, SERVING);
  const { address, stop } = await server;
  assert.equal(await (await fetch(address)).text(), 'up');
  await stop();
  await assert.rejects(fetch(address));
  assert.match(readFileSync(logFile, 'utf8'), /starting\n.*ready/s);
});

test('a port that somebody has is left to them', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const taken = other.address();
  assert.ok(taken && typeof taken === 'object');
  const { address, stop } = await start(t, SERVING, taken.port).server;
  assert.notEqual(address, `http://127.0.0.1:${taken.port}`);
  await stop();
});

test('the server of another start is used', async (t) => {
  const script = `
    console.error('The folder is in use: already running at http://127.0.0.1:4747.');
    process.exit(75);
  `;
  const { address } = await start(t, script).server;
  assert.equal(address, 'http://127.0.0.1:4747');
});

test('a server that fails is quoted', async (t) => {
  const { server } = start(t, `console.error('no disk'); process.exit(3);`);
  await assert.rejects(server, (error) => {
    assert.ok(error instanceof SetupError);
    assert.match(error.message, /code 3/);
    assert.match(error.message, /no disk/);
    return true;
  });
});
