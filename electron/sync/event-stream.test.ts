import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChangeEvent } from '../../shared/protocol/sync.ts';
import { FakeServer, json, stream } from '../testing/fake-server.ts';
import { eventStream } from './event-stream.ts';

let server: FakeServer;
let changes: ChangeEvent[];
const opened = vi.fn();

beforeEach(async () => {
  server = await FakeServer.start();
  changes = [];
  opened.mockReset();
});
afterEach(() => server.stop());

function follow({ silenceMs = 2000, signal = new AbortController().signal } = {}) {
  const listener = { opened, changed: (change: ChangeEvent) => changes.push(change) };
  const target = { server: server.address, token: 'secret' };
  return eventStream(fetch, silenceMs)(target, listener, signal);
}

const CHANGE = 'event: change\ndata: {"collection":"leads","seq":7}\n\n';

test('hears of changes, and ends with the connection', async () => {
  server.answer((_seen, response) => {
    stream(response).write(CHANGE);
    setTimeout(() => response.end(), 50);
  });
  await expect(follow()).rejects.toMatchObject({ code: 'offline' });
  expect(opened).toHaveBeenCalledOnce();
  expect(changes).toEqual([{ collection: 'leads', seq: 7 }]);
  expect(server.seen[0]).toMatchObject({
    path: '/v1/sync/stream',
    headers: { authorization: 'Bearer secret', accept: 'text/event-stream' },
  });
});

test('takes an event that arrives in pieces', async () => {
  server.answer(async (_seen, response) => {
    stream(response);
    for (const piece of [CHANGE.slice(0, 9), CHANGE.slice(9, 30), CHANGE.slice(30)]) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    response.end();
  });
  await expect(follow()).rejects.toMatchObject({ code: 'offline' });
  expect(changes).toHaveLength(1);
});

test('passes over events that it does not know or that make no sense', async () => {
  server.answer((_seen, response) => {
    const strange = ['event: ping\ndata: {}', 'event: change\ndata: {', 'data: {"collection":1}'];
    stream(response).end(`${strange.join('\n\n')}\n\nevent: change\ndata: {"seq":1}\n\n${CHANGE}`);
  });
  await expect(follow()).rejects.toMatchObject({ code: 'offline' });
  expect(changes).toEqual([{ collection: 'leads', seq: 7 }]);
});

test('takes silence for a dead connection', async () => {
  server.answer((_seen, response) => void stream(response));
  const started = performance.now();
  await expect(follow({ silenceMs: 150 })).rejects.toMatchObject({
    code: 'offline',
    message: expect.stringContaining('silent'),
  });
  expect(performance.now() - started).toBeLessThan(1500);
});

test('a comment is a sign of life', async () => {
  server.answer((_seen, response) => {
    stream(response);
    const pings = setInterval(() => response.write(': ping\n\n'), 50);
    setTimeout(() => {
      clearInterval(pings);
      response.write(CHANGE);
      response.end();
    }, 600);
  });
  await expect(follow({ silenceMs: 300 })).rejects.toThrow('closed');
  expect(changes).toHaveLength(1);
});

test('a server that takes the request and says nothing is dead, too', async () => {
  server.answer(() => {});
  await expect(follow({ silenceMs: 150 })).rejects.toMatchObject({ code: 'offline' });
  expect(opened).not.toHaveBeenCalled();
});

test('a refused token is told from no answer', async () => {
  const error = { code: 'unauthorized', message: 'You are signed out' };
  server.answer((_seen, response) => json(response, 401, { error }));
  await expect(follow()).rejects.toMatchObject(error);
  expect(opened).not.toHaveBeenCalled();
});

test('an answer that is no stream is none', async () => {
  server.answer((_seen, response) => json(response, 200, {}));
  await expect(follow()).rejects.toMatchObject({ code: 'unavailable' });
});

test('ends when told to, even before there is an answer', async () => {
  server.answer(() => {});
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  await expect(follow({ signal: controller.signal })).rejects.toMatchObject({ code: 'offline' });
});
