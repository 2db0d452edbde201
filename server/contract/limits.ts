import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { MAX_PUSH_ROWS } from '../../shared/protocol/sync.ts';
import { Client, newEmail, PASSWORD, refusalOf, request, teamInput } from '../testing/client.ts';
import { importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

const MIB = 1024 * 1024;

/** What is too much, too often or not understood. */
export function limitsContract({ address, database }: Subject): void {
  it('lets nobody try passwords at will', async () => {
    const server = await startTestServer({ database: database(), rateLimits: { perPerson: 3 } });
    const trial = (email: string) =>
      request(server.address, 'POST', '/v1/sessions', { body: { email, password: 'guess' } });
    const email = newEmail();
    for (let i = 0; i < 3; i++) expect((await trial(email)).status).toBe(401);
    const refused = await trial(email.toUpperCase());
    expect(refusalOf(refused)).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await trial(newEmail())).status).toBe(401);
    await server.close();
  });

  it('nor with ever new addresses', async () => {
    const server = await startTestServer({ database: database(), rateLimits: { perAddress: 3 } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) {
      const body = { code: 'x', name: 'Bob', email: newEmail(), password: PASSWORD };
      statuses.push((await request(server.address, 'POST', '/v1/join', { body })).status);
    }
    await server.close();
    expect(statuses).toEqual([410, 410, 410, 429]);
  });

  it('takes 1,000 records at a time', async () => {
    const admin = await Client.ofNewTeam(address());
    const leads = Array.from({ length: MAX_PUSH_ROWS + 1 }, (_, i) =>
      importedLead(`4915${i}`, `Lead ${i}`),
    );
    const push = (records: unknown[]) =>
      admin.request('POST', '/v1/sync/leads/push', {
        body: { rows: records.map((record) => admin.row('leads', record)) },
      });
    expect(refusalOf(await push(leads))).toEqual([413, 'too-large']);
    expect((await admin.pull('leads')).records).toEqual([]);
    expect((await push(leads.slice(1))).status).toBe(200);
    expect((await admin.pull('leads')).records).toHaveLength(1000);
  });

  it('takes 16 MiB in a push, and far less elsewhere', async () => {
    const admin = await Client.ofNewTeam(address());
    const push = (bytes: number) =>
      admin.request('POST', '/v1/sync/leads/push', {
        body: JSON.stringify({ rows: [], padding: 'x'.repeat(bytes) }),
      });
    expect((await push(15 * MIB)).status).toBe(200);
    expect(refusalOf(await push(16 * MIB))).toEqual([413, 'too-large']);
    const team = await request(address(), 'POST', '/v1/teams', {
      body: { ...teamInput(), padding: 'x'.repeat(MIB) },
    });
    expect(refusalOf(team)).toEqual([413, 'too-large']);
  });

  it('reads no body of people it does not know', async () => {
    const answer = await request(address(), 'POST', '/v1/sync/leads/push', {
      body: 'x'.repeat(8 * MIB),
      token: 'x'.repeat(43),
    });
    expect(refusalOf(answer)).toEqual([401, 'unauthorized']);
  });

  it.each<[string, string, string, string | undefined, [number, string]]>([
    ['an unknown address', 'GET', '/v1/nothing', undefined, [404, 'not-found']],
    ['an unknown collection', 'GET', '/v1/sync/nothing/pull', undefined, [404, 'not-found']],
    ['a malformed address', 'GET', '/v1/%zz', undefined, [400, 'invalid']],
    ['another method', 'PUT', '/v1/health', undefined, [404, 'not-found']],
    ['what is no JSON', 'POST', '/v1/sync/leads/push', '{"rows":', [400, 'invalid']],
    ['a push without rows', 'POST', '/v1/sync/leads/push', '{}', [400, 'invalid']],
    ['an empty push', 'POST', '/v1/sync/leads/push', '', [400, 'invalid']],
    ['rows that are none', 'POST', '/v1/sync/leads/push', '{"rows":1}', [400, 'invalid']],
    ['a limit too high', 'GET', '/v1/sync/leads/pull?limit=1001', undefined, [400, 'invalid']],
    ['a limit of nothing', 'GET', '/v1/sync/leads/pull?limit=0', undefined, [400, 'invalid']],
    ['a negative start', 'GET', '/v1/sync/leads/pull?since=-1', undefined, [400, 'invalid']],
    ['an endless start', 'GET', '/v1/sync/leads/pull?since=1e30', undefined, [400, 'invalid']],
    ['a broken cursor', 'GET', '/v1/leads?cursor=x', undefined, [400, 'invalid']],
  ])('refuses %s', async (_, method, path, body, refusal) => {
    const admin = await Client.ofNewTeam(address());
    expect(refusalOf(await admin.request(method, path, { body }))).toEqual(refusal);
  });

  it('refuses what is no HTTP', async () => {
    const { hostname, port } = new URL(address());
    const socket = connect(Number(port), hostname);
    socket.write('HELLO\r\n\r\n');
    expect(await text(socket)).toContain('{"error":{"code":"invalid"');
  });

  it.each([['/v1/sync/leads/pull'], ['/v1/sync/stream']])(
    'says on %s which of app and server is too old (S11)',
    async (path) => {
      const admin = await Client.ofNewTeam(address());
      const speak = (version: string) =>
        admin.request('GET', path, { headers: { 'x-satchel-protocol': version } });
      const newer = await speak('2');
      expect(refusalOf(newer)).toEqual([426, 'server-too-old']);
      expect(JSON.stringify(newer.body)).toContain('team server is older');
      for (const version of ['0', 'x', '']) {
        const older = await speak(version);
        expect(refusalOf(older)).toEqual([426, 'app-too-old']);
        expect(JSON.stringify(older.body)).toContain('update Satchel');
      }
      const push = await admin.request('POST', '/v1/sync/leads/push', {
        body: { rows: [admin.row('leads', importedLead('4915', 'A'))] },
        headers: { 'x-satchel-protocol': '2' },
      });
      expect(refusalOf(push)).toEqual([426, 'server-too-old']);
      expect((await admin.pull('leads')).records).toEqual([]);
    },
  );

  it('sends headers that keep answers from being misused, and none that share them', async () => {
    const { headers } = await request(address(), 'GET', '/v1/health', {
      headers: { origin: 'https://example.com' },
    });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
}
