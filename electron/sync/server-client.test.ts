import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FakeServer, json } from '../testing/fake-server.ts';
import { reasonOf, serverClient } from './server-client.ts';

const answer = z.object({ fine: z.boolean() });
let server: FakeServer;

beforeEach(async () => {
  server = await FakeServer.start((_seen, response) => json(response, 200, { fine: true }));
});
afterEach(() => server.stop());

function get(timeoutMs?: number) {
  const call = serverClient(fetch, timeoutMs);
  return call({ server: server.address, token: 'secret', method: 'GET', path: '/v1/x', answer });
}

test('sends token, protocol version and body, and parses the answer', async () => {
  const call = serverClient(fetch);
  const { address } = server;
  const body = { rows: [1, 2] };
  const given = await call({
    ...{ server: address, token: 'secret', method: 'POST', path: '/v1/x', body, answer },
  });
  expect(given).toEqual({ fine: true });
  expect(server.seen).toMatchObject([
    {
      method: 'POST',
      path: '/v1/x',
      body,
      headers: {
        authorization: 'Bearer secret',
        'x-satchel-protocol': '1',
        'content-type': 'application/json',
      },
    },
  ]);
});

test('sends no authorization without a token, and no body without one', async () => {
  await serverClient(fetch)({ server: server.address, method: 'GET', path: '/v1/x', answer });
  expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
  expect(server.seen[0]?.body).toBeUndefined();
});

test('an answer without a body will do where none is needed', async () => {
  server.answer((_seen, response) => response.writeHead(204).end());
  const call = serverClient(fetch);
  const target = { server: server.address, method: 'DELETE', path: '/v1/x' } as const;
  await expect(call({ ...target, answer: z.unknown() })).resolves.toBeUndefined();
});

describe('refusals', () => {
  test('the server’s own code and words are passed on', async () => {
    const error = { code: 'email-taken', message: 'That address is taken' };
    server.answer((_seen, response) => json(response, 409, { error }));
    await expect(get()).rejects.toMatchObject(error);
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [413, 'too-large'],
    [429, 'too-many-requests'],
    [500, 'unavailable'],
    [502, 'unavailable'],
  ])('a bare %i is %s, in words', async (status, code) => {
    server.answer((_seen, response) => response.writeHead(status).end('<html>'));
    const host = new URL(server.address).host;
    await expect(get()).rejects.toMatchObject({ code, message: expect.stringContaining(host) });
  });

  test('somebody else’s page is no answer', async () => {
    server.answer((_seen, response) => response.writeHead(200).end('<html>Log in to the WiFi'));
    await expect(get()).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a code that the app does not know is not passed on', async () => {
    const error = { code: 'teapot', message: 'Short and stout' };
    server.answer((_seen, response) => json(response, 418, { error }));
    await expect(get()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('no answer', () => {
  test('a server that is not there', async () => {
    const gone = await FakeServer.start();
    const { address } = gone;
    await gone.stop();
    const call = serverClient(fetch)({ server: address, method: 'GET', path: '/v1/x', answer });
    const message = `No answer from ${new URL(address).host} (connection refused)`;
    await expect(call).rejects.toMatchObject({ code: 'offline', message });
  });

  test('a connection that breaks', async () => {
    server.answer((_seen, response) => response.destroy());
    await expect(get()).rejects.toMatchObject({ code: 'offline' });
  });

  test('a server that never answers', async () => {
    server.answer(() => {});
    await expect(get(100)).rejects.toMatchObject({ code: 'offline' });
  });

  test('an answer that stops half-way', async () => {
    server.answer((_seen, response) => response.writeHead(200).write('{"fine":'));
    await expect(get(200)).rejects.toMatchObject({ code: 'offline' });
  });

  test('a redirect is not followed: the token would go with it', async () => {
    const elsewhere = await FakeServer.start();
    const headers = { location: `${elsewhere.address}/v1/x` };
    server.answer((_seen, response) => response.writeHead(307, headers).end());
    await expect(get()).rejects.toMatchObject({ code: 'offline' });
    expect(elsewhere.seen).toHaveLength(0);
    await elsewhere.stop();
  });
});

test.each([
  ['net::ERR_CONNECTION_REFUSED', 'connection refused'],
  ['net::ERR_NAME_NOT_RESOLVED', 'there is no such address, or no network'],
  ['net::ERR_INTERNET_DISCONNECTED', 'no network'],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'its certificate is not trusted'],
  ['something else', ''],
])('Chromium’s %s in words', (message, words) => {
  expect(reasonOf(new Error(message))).toBe(words);
});

test('a cause that is its own does not loop', () => {
  const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  expect(reasonOf(new TypeError('fetch failed', { cause }))).toContain('no such address');
});
