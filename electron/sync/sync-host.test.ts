import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MainPort, mainPort } from '../../shared/ipc/ports.ts';
import { type Client, connect } from '../../shared/ipc/rpc.ts';
import {
  type Connection,
  type SyncContract,
  syncContract,
} from '../../shared/ipc/sync-contract.ts';
import { emptyRecord } from '../../shared/record/record.ts';
import { FakeServer, json, stream } from '../testing/fake-server.ts';
import { eventStream } from './event-stream.ts';
import { serverClient } from './server-client.ts';
import { SyncHost } from './sync-host.ts';
import type { Account } from './sync-service.ts';

const PULLED = { records: [], checkpoint: 4, history: 'h', serverTime: 1 };
const PUSHED = { merged: [], refused: [], clockLimit: 2, serverTime: 1 };
let server: FakeServer;
let host: SyncHost;
let seen: (Connection | undefined)[];
const refused = vi.fn();
const revoked = vi.fn();
const clients: Client<SyncContract>[] = [];

beforeEach(async () => {
  refused.mockReset();
  revoked.mockReset();
  seen = [];
  server = await FakeServer.start((call, response) => {
    if (call.path.endsWith('/stream')) return void stream(response);
    json(response, 200, call.method === 'POST' ? PUSHED : PULLED);
  });
  host = new SyncHost(
    { call: serverClient(fetch), openStream: eventStream(fetch) },
    { connection: (connection) => seen.push(connection), refused, revoked },
  );
});

afterEach(async () => {
  host.stop();
  for (const client of clients.splice(0)) client.close();
  await server.stop();
});

function account(store = 'satchel-1', token: string | undefined = 'secret'): Account {
  return { store, server: server.address, token };
}

/** Node's port calls back with the data, Electron's with an event that holds it. */
function portOf(port: import('node:worker_threads').MessagePort): MainPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (_event, listener) => port.on('message', (data) => listener({ data })),
    start: () => {},
    close: () => port.close(),
  };
}

function worker(): { client: Client<SyncContract>; store: string } {
  const { port1, port2 } = new MessageChannel();
  const store = host.attach(mainPort(portOf(port1)));
  const client = connect(mainPort(portOf(port2)), syncContract);
  clients.push(client);
  return { client, store };
}

async function untilOnline() {
  await vi.waitFor(() => expect(host.connection).toEqual({ state: 'online' }));
}

test('pushes and pulls for the store worker', async () => {
  host.follow(account());
  const { client, store } = worker();
  expect(store).toBe('satchel-1');
  const row = { record: emptyRecord('55'), base: { person: {}, machine: {}, died: null } };
  expect(await client.call('push', { collection: 'leads', rows: [row] })).toEqual(PUSHED);
  const pull = { collection: 'leads', since: 3, history: 'h/1', limit: 500 } as const;
  expect(await client.call('pull', pull)).toEqual(PULLED);
  const calls = server.seen.filter(({ path }) => !path.endsWith('/stream'));
  expect(calls).toMatchObject([
    { method: 'POST', path: '/v1/sync/leads/push', body: { rows: [row] } },
    { method: 'GET', path: '/v1/sync/leads/pull?since=3&history=h%2F1&limit=500' },
  ]);
  expect(calls[0]?.headers.authorization).toBe('Bearer secret');
});

test('tells the worker of the connection and of changes', async () => {
  const streams: import('node:http').ServerResponse[] = [];
  server.answer((_call, response) => void streams.push(stream(response)));
  host.follow(account());
  const { client } = worker();
  const [connection, changed] = [vi.fn(), vi.fn()];
  client.on('connection', connection);
  client.on('changed', changed);
  await untilOnline();
  await vi.waitFor(() => expect(connection).toHaveBeenCalledWith({ state: 'online' }));
  streams[0]?.write('event: change\ndata: {"collection":"workspace","seq":9}\n\n');
  await vi.waitFor(() => expect(changed).toHaveBeenCalledWith({ collection: 'workspace', seq: 9 }));
  expect(await client.call('connection', {})).toEqual({ state: 'online' });
  streams[0]?.end();
  await vi.waitFor(() =>
    expect(connection).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'offline' })),
  );
});

test('a new worker takes the place of the one before', async () => {
  host.follow(account());
  worker();
  const { client } = worker();
  expect(await client.call('connection', {})).toMatchObject({ state: expect.any(String) });
});

describe('a refused token', () => {
  test('noticed by the stream', async () => {
    server.answer((_call, response) => response.writeHead(401).end());
    host.follow(account());
    await vi.waitFor(() => expect(refused).toHaveBeenCalledExactlyOnceWith(account()));
    expect(host.connection).toMatchObject({ state: 'signed-out' });
  });

  test('noticed by a push, after which nothing is sent any more', async () => {
    host.follow(account());
    await untilOnline();
    server.answer((_call, response) => response.writeHead(401).end());
    const { client } = worker();
    const pull = { collection: 'leads', since: 0, history: '', limit: 10 } as const;
    await expect(client.call('pull', pull)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(refused).toHaveBeenCalledOnce();
    const before = server.seen.length;
    await expect(client.call('pull', pull)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(server.seen).toHaveLength(before);
  });

  test('without a token nothing is asked, and nobody is told twice', async () => {
    host.follow({ ...account(), token: undefined });
    const { client } = worker();
    expect(await client.call('connection', {})).toMatchObject({ state: 'signed-out' });
    expect(server.seen).toHaveLength(0);
    expect(refused).not.toHaveBeenCalled();
  });
});

describe('what the server says of the app', () => {
  const pull = { collection: 'leads', since: 0, history: '', limit: 10 } as const;
  const refusal = (code: string) => ({ error: { code, message: 'Told so.' } });

  test('a revoked device hears it by a pull, and nothing is asked any more (S12)', async () => {
    host.follow(account());
    await untilOnline();
    server.answer((_call, response) => json(response, 401, refusal('revoked')));
    const { client } = worker();
    await expect(client.call('pull', pull)).rejects.toMatchObject({ code: 'revoked' });
    expect(revoked).toHaveBeenCalledExactlyOnceWith(account());
    expect(refused).not.toHaveBeenCalled();
    const before = server.seen.length;
    await expect(client.call('pull', pull)).rejects.toMatchObject({ code: 'revoked' });
    expect(server.seen).toHaveLength(before);
  });

  test('one too old says so, and tries again when asked (S11)', async () => {
    host.follow(account());
    await untilOnline();
    const { client } = worker();
    server.answer((_call, response) => json(response, 426, refusal('server-too-old')));
    await expect(client.call('pull', pull)).rejects.toMatchObject({ code: 'server-too-old' });
    expect(host.connection).toEqual({ state: 'outdated', detail: 'Told so.' });
    server.answer((_call, response) => void stream(response));
    expect(await client.call('reconnect', {})).toEqual({ state: 'connecting' });
    await untilOnline();
  });
});

describe('changing the profile', () => {
  test('ends the old stream and what it served', async () => {
    host.follow(account('satchel-1', 'first'));
    await untilOnline();
    const { client } = worker();
    const changed = vi.fn();
    client.on('connection', changed);
    host.follow(account('satchel-2', 'second'));
    await untilOnline();
    const tokens = server.seen.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual(['Bearer first', 'Bearer second']);
    expect(worker().store).toBe('satchel-2');
    expect(changed).not.toHaveBeenCalled();
  });

  test('the same account goes on undisturbed', async () => {
    host.follow(account());
    await untilOnline();
    host.follow(account());
    expect(host.connection).toEqual({ state: 'online' });
    expect(server.seen).toHaveLength(1);
  });

  test('to working alone there is nothing to sync', async () => {
    host.follow(account());
    await untilOnline();
    host.follow(undefined);
    expect(host.connection).toBeUndefined();
    expect(seen.at(-1)).toBeUndefined();
    expect(() => worker()).toThrow('nothing to sync');
  });

  test('a late refusal of the old account is nobody’s business', async () => {
    let answerLate = () => {};
    server.answer((call, response) => {
      if (call.headers.authorization === 'Bearer second') return void stream(response);
      if (call.path.endsWith('/stream')) return void stream(response);
      answerLate = () => void response.writeHead(401).end();
    });
    host.follow(account('satchel-1', 'first'));
    const { client } = worker();
    client.call('pull', { collection: 'leads', since: 0, history: '', limit: 1 }).catch(() => {});
    await vi.waitFor(() => expect(server.seen).toHaveLength(2));
    host.follow(account('satchel-2', 'second'));
    answerLate();
    await untilOnline();
    expect(refused).not.toHaveBeenCalled();
  });
});
