import { expect, it } from 'vitest';
import { sessionSchema } from '../../shared/protocol/accounts.ts';
import { devicesSchema } from '../../shared/protocol/devices.ts';
import { workspaceId } from '../../shared/record/collections.ts';
import { shownValue } from '../../shared/record/record.ts';
import { SESSION_IDLE_MS, Sessions } from '../accounts/sessions.ts';
import { Client, PASSWORD, refusalOf, request } from '../testing/client.ts';
import { importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

const DAY = 24 * 3600_000;

/** Who is let in, from which devices, and who no longer. */
export function accessContract({ address, database, another }: Subject): void {
  const devicesOf = async (client: Client) => {
    const { status, body } = await client.request('GET', '/v1/devices');
    expect(status).toBe(200);
    return devicesSchema.parse(body).devices;
  };
  const currentOf = async (client: Client) => {
    const current = (await devicesOf(client)).find((device) => device.current);
    if (current === undefined) throw new Error('no current device');
    return current;
  };
  const knock = async (client: Client) => refusalOf(await client.request('GET', '/v1/leads'));
  const signIn = ({ session }: Client, device = 'Laptop') =>
    request(address(), 'POST', '/v1/sessions', {
      body: { email: session.member.email, password: PASSWORD, device },
    });
  const signedIn = async (client: Client, device?: string) =>
    new Client(address(), sessionSchema.parse((await signIn(client, device)).body));
  const post = (client: Client, id: string, verb: 'deactivate' | 'reactivate') =>
    client.request('POST', `/v1/members/${id}/${verb}`);
  const team = async () => {
    const admin = await Client.ofNewTeam(address(), { device: 'Ann’s laptop' });
    return { admin, agent: await admin.colleague() };
  };
  const makeAdmin = ({ session }: Client) =>
    database().query("UPDATE members SET role = 'admin' WHERE id = $1", [session.member.id]);

  it('lists an agent’s own devices, and to admins the team’s', async () => {
    const { admin, agent } = await team();
    await signedIn(agent, 'Second');
    const own = await devicesOf(agent);
    expect(own.map(({ name, current }) => [name, current])).toEqual(
      expect.arrayContaining([
        ['', true],
        ['Second', false],
      ]),
    );
    expect(own).toHaveLength(2);
    const all = await devicesOf(admin);
    expect(all).toHaveLength(3);
    expect(all.find(({ current }) => current)).toMatchObject({
      name: 'Ann’s laptop',
      member: { id: admin.session.member.id, name: 'Ann' },
      signedInAt: expect.any(Number),
      lastUsedAt: expect.any(Number),
    });
    expect(JSON.stringify(all)).not.toContain(admin.session.token);
  });

  it('tells a revoked device so, and one that signed out by itself not (S12)', async () => {
    const { admin, agent } = await team();
    const lost = await signedIn(agent, 'Lost');
    const { id } = await currentOf(lost);
    const stream = await lost.stream();
    expect((await agent.request('DELETE', `/v1/devices/${id}`)).status).toBe(204);
    await stream.ended;
    for (const path of ['/v1/leads', '/v1/sync/leads/pull', '/v1/sync/stream', '/v1/devices']) {
      expect(refusalOf(await lost.request('GET', path))).toEqual([401, 'revoked']);
    }
    const unsent = { rows: [lost.row('leads', importedLead('4915', 'Unsent'))] };
    const push = await lost.request('POST', '/v1/sync/leads/push', { body: unsent });
    expect(refusalOf(push)).toEqual([401, 'revoked']);
    expect((await admin.pull('leads')).records).toEqual([]);
    expect(await devicesOf(agent)).toHaveLength(1);
    const again = await agent.request('DELETE', `/v1/devices/${id}`);
    expect(refusalOf(again)).toEqual([404, 'not-found']);

    // By an admin, and by itself.
    const { id: agents } = await currentOf(agent);
    expect((await admin.request('DELETE', `/v1/devices/${agents}`)).status).toBe(204);
    expect(await knock(agent)).toEqual([401, 'revoked']);
    const { id: own } = await currentOf(admin);
    expect((await admin.request('DELETE', `/v1/devices/${own}`)).status).toBe(204);
    expect(await knock(admin)).toEqual([401, 'unauthorized']);
  });

  it('lets nobody revoke what is not theirs', async () => {
    const { admin, agent } = await team();
    const stranger = await Client.ofNewTeam(address());
    const { id } = await currentOf(admin);
    for (const client of [agent, stranger]) {
      for (const path of [id, 'x', '%00', admin.session.member.id]) {
        const answer = await client.request('DELETE', `/v1/devices/${path}`);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }
    }
    await admin.pull('leads');
  });

  it('puts a deactivated member out at once, and says so to everybody (S12)', async () => {
    const { admin, agent } = await team();
    const { id } = agent.session.member;
    const stream = await agent.stream();
    expect((await post(admin, id, 'deactivate')).status).toBe(204);
    await stream.ended;
    expect(await knock(agent)).toEqual([401, 'revoked']);
    expect(refusalOf(await signIn(agent))).toEqual([403, 'forbidden']);
    const wrong = { email: agent.session.member.email, password: 'wrong password' };
    const guess = await request(address(), 'POST', '/v1/sessions', { body: wrong });
    expect(refusalOf(guess)).toEqual([401, 'wrong-password']);
    expect(await devicesOf(admin)).toHaveLength(1);
    const activeOf = async () => {
      const record = (await admin.pullKind('member')).find(
        (one) => one.id === workspaceId('member', id),
      );
      return record && shownValue(record, 'active');
    };
    expect(await activeOf()).toBe(false);

    const { checkpoint } = await admin.pull('workspace');
    expect((await post(admin, id, 'deactivate')).status).toBe(204);
    expect((await admin.pull('workspace')).checkpoint).toBe(checkpoint);

    expect((await post(admin, id, 'reactivate')).status).toBe(204);
    expect(await activeOf()).toBe(true);
    await agent.pull('leads');
    await (await signedIn(agent)).pull('leads');
  });

  it('lets only admins deactivate, only their own, and never themselves', async () => {
    const { admin, agent } = await team();
    const stranger = await Client.ofNewTeam(address());
    const [ann, bob] = [admin.session.member.id, agent.session.member.id];
    expect(refusalOf(await post(agent, ann, 'deactivate'))).toEqual([403, 'forbidden']);
    expect(refusalOf(await post(agent, bob, 'reactivate'))).toEqual([403, 'forbidden']);
    expect(refusalOf(await post(stranger, bob, 'deactivate'))).toEqual([404, 'not-found']);
    expect(refusalOf(await post(admin, 'x', 'deactivate'))).toEqual([404, 'not-found']);
    expect(refusalOf(await post(admin, ann, 'deactivate'))).toEqual([403, 'forbidden']);
    await agent.pull('leads');
  });

  it('leaves a team an admin when two deactivate each other at once', async () => {
    const { admin, agent } = await team();
    await makeAdmin(agent);
    const answers = await Promise.all([
      post(admin, agent.session.member.id, 'deactivate'),
      post(agent, admin.session.member.id, 'deactivate'),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const [row] = await database().query(
      `SELECT count(*) AS admins FROM members
       WHERE team = $1 AND role = 'admin' AND deactivated IS NULL`,
      [admin.session.team.id],
    );
    expect(row).toEqual({ admins: 1 });
  });

  it('can tell a revoked device so a year later (S12)', async () => {
    const { admin, agent } = await team();
    const [lost, idle] = [await signedIn(agent), await signedIn(agent)];
    const { id } = await currentOf(lost);
    await admin.request('DELETE', `/v1/devices/${id}`);
    const now = () => Date.now() + SESSION_IDLE_MS + 200 * DAY;
    const later = await startTestServer({ database: database(), now });
    // Undone, for the other tests' sessions would go, too.
    await database().transaction(async (tx) => {
      await new Sessions({ ...database(), ...tx }, now).deleteEnded();
      const left = await tx.query('SELECT id FROM sessions WHERE id = $1', [id]);
      expect(left).toHaveLength(1);
      const [{ count } = { count: -1 }] = await tx.query<{ count: number }>(
        'SELECT count(*) AS count FROM sessions WHERE member = $1',
        [agent.session.member.id],
      );
      expect(count).toBe(1);
      tx.undo();
    });
    expect(await knock(lost.through(later.address))).toEqual([401, 'revoked']);
    expect(await knock(idle.through(later.address))).toEqual([401, 'unauthorized']);
    await later.close();
  });

  if (another === undefined) return;

  it('ends streams of another process at once, too (S12)', async () => {
    const { admin, agent } = await team();
    const otherDatabase = another();
    // So slow that only a hint can be it.
    const settings = { database: otherDatabase, pollMs: 3600_000, pingMs: 3600_000 };
    const other = await startTestServer(settings);
    const there = agent.through(other.address);
    const stream = await there.stream();
    await stream.next();
    const { id } = await currentOf(agent);
    await admin.request('DELETE', `/v1/devices/${id}`);
    await stream.ended;
    expect(await knock(there)).toEqual([401, 'revoked']);
    await other.close();
    await otherDatabase.close();
  });
}
