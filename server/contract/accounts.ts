import { expect, it } from 'vitest';
import { DEFAULT_STAGES, defaultStageRecord, stageOf } from '../../shared/lead/pipeline.ts';
import {
  healthSchema,
  invitationSchema,
  parseInvitation,
  sessionSchema,
} from '../../shared/protocol/accounts.ts';
import { clockNode } from '../../shared/record/clock.ts';
import { workspaceId } from '../../shared/record/collections.ts';
import { shownValue } from '../../shared/record/record.ts';
import { INVITATION_MS } from '../accounts/invitations.ts';
import { SESSION_IDLE_MS } from '../accounts/sessions.ts';
import { Client, newEmail, PASSWORD, refusalOf, request, teamInput } from '../testing/client.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

const DAY = 24 * 3600_000;

/** Teams, members, sessions and invitations. */
export function accountsContract({ address, database }: Subject): void {
  const post = (path: string, body?: unknown, token?: string) =>
    request(address(), 'POST', path, { body, token });
  const later = (ms: number) =>
    startTestServer({ database: database(), now: () => Date.now() + ms });

  it('says that it is well', async () => {
    const { status, body } = await request(address(), 'GET', '/v1/health');
    expect(status).toBe(200);
    expect(healthSchema.parse(body).protocol).toBe(1);
  });

  it('creates a team with stages, settings and its admin', async () => {
    const input = teamInput({ teamName: ' Sales ', name: 'Ann' });
    const { status, body } = await post('/v1/teams', input);
    expect(status).toBe(201);
    const session = sessionSchema.parse(body);
    expect(session.team.name).toBe('Sales');
    expect(session.member).toMatchObject({ name: 'Ann', email: input.email, role: 'admin' });

    const admin = new Client(address(), session);
    const stages = await admin.pullKind('stage');
    expect(stages.map(stageOf)).toEqual(DEFAULT_STAGES);
    expect(stages).toEqual(DEFAULT_STAGES.map(defaultStageRecord));
    const [settings] = await admin.pullKind('setting');
    expect(settings?.machine.values).toEqual({
      name: 'Sales',
      country: 'DE',
      timeZone: 'Europe/Berlin',
    });
    const [member] = await admin.pullKind('member');
    expect(member?.id).toBe(workspaceId('member', session.member.id));
    expect(member?.machine.values).toEqual({ name: 'Ann', email: input.email, role: 'admin' });
    expect(settings?.person.values).toEqual({});
  });

  it('stamps as one node, also after a restart', async () => {
    const nodes = new Set<string>();
    const restarted = await later(0);
    for (const server of [address(), restarted.address]) {
      const admin = await Client.ofNewTeam(server);
      const [member] = await admin.pullKind('member');
      nodes.add(clockNode(member?.machine.clock['*'] ?? ''));
    }
    await restarted.close();
    expect([...nodes]).toEqual([expect.stringMatching(/^[a-z0-9]{10}$/)]);
  });

  it('signs in by e-mail address, in any letter case, and password', async () => {
    const input = teamInput();
    await post('/v1/teams', input);
    const credentials = { email: input.email.toUpperCase(), password: PASSWORD, device: 'Laptop' };
    const { status, body } = await post('/v1/sessions', credentials);
    expect(status).toBe(201);
    expect(sessionSchema.parse(body).member.email).toBe(input.email);
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    const { email } = (await Client.ofNewTeam(address())).session.member;
    const wrong = await post('/v1/sessions', { email, password: 'wrong password' });
    const unknown = await post('/v1/sessions', { email: newEmail(), password: PASSWORD });
    expect(refusalOf(wrong)).toEqual([401, 'wrong-password']);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('keeps no password and no token', async () => {
    const { session } = await Client.ofNewTeam(address());
    const rows = await database().query(
      `SELECT m.password, s.token FROM members m JOIN sessions s ON s.member = m.id WHERE m.id = $1`,
      [session.member.id],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(JSON.stringify(rows)).not.toContain(session.token);
  });

  it('signs out at once, this session only', async () => {
    const admin = await Client.ofNewTeam(address());
    const { email } = admin.session.member;
    const other = sessionSchema.parse(
      (await post('/v1/sessions', { email, password: PASSWORD })).body,
    );
    await admin.pull('leads');
    expect((await admin.request('DELETE', '/v1/sessions/current')).status).toBe(204);
    const refused = await admin.request('GET', '/v1/leads');
    expect(refusalOf(refused)).toEqual([401, 'unauthorized']);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    await new Client(address(), other).pull('leads');

    const elsewhere = await later(0);
    expect(refusalOf(await admin.through(elsewhere.address).request('GET', '/v1/leads'))).toEqual([
      401,
      'unauthorized',
    ]);
    await elsewhere.close();
  });

  it('ends sessions that nobody used for 90 days', async () => {
    const used = await Client.ofNewTeam(address());
    const idle = await Client.ofNewTeam(address());
    const soon = await later(SESSION_IDLE_MS - DAY);
    await used.through(soon.address).pull('leads');
    await soon.close();
    const late = await later(SESSION_IDLE_MS + DAY);
    await used.through(late.address).pull('leads');
    const refused = await idle.through(late.address).request('GET', '/v1/leads');
    expect(refusalOf(refused)).toEqual([401, 'unauthorized']);
    await late.close();
  });

  it.each([
    ['none', {}],
    ['an unknown one', { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['a malformed one', { authorization: 'Bearer x' }],
    ['another scheme', { authorization: `Basic ${'x'.repeat(43)}` }],
  ])('refuses a token that is %s', async (_, headers) => {
    for (const path of ['/v1/leads', '/v1/sync/leads/pull', '/v1/sync/stream']) {
      const answer = await request(address(), 'GET', path, { headers });
      expect(refusalOf(answer)).toEqual([401, 'unauthorized']);
    }
  });

  it('takes no token from the address', async () => {
    const { session } = await Client.ofNewTeam(address());
    for (const name of ['token', 'access_token', 'authorization']) {
      const answer = await request(address(), 'GET', `/v1/leads?${name}=${session.token}`);
      expect(answer.status).toBe(401);
    }
  });

  it('lets people in by invitation, as agents, again and again', async () => {
    const admin = await Client.ofNewTeam(address());
    const { status, body } = await admin.request('POST', '/v1/invitations');
    expect(status).toBe(201);
    const { invitation, expiresAt } = invitationSchema.parse(body);
    expect(invitation).toMatch(new RegExp(`^${address()}/join#[\\w-]{20,}$`));
    expect(expiresAt - Date.now()).toBeGreaterThan(13 * DAY);

    const code = parseInvitation(invitation)?.code;
    for (const name of ['Bob', 'Cyd']) {
      const joined = await post('/v1/join', { code, name, email: newEmail(), password: PASSWORD });
      expect(joined.status).toBe(201);
      const session = sessionSchema.parse(joined.body);
      expect(session.team).toEqual(admin.session.team);
      expect(session.member).toMatchObject({ name, role: 'agent' });
      await new Client(address(), session).pull('leads');
    }
    const members = await admin.pullKind('member');
    expect(members.map((member) => shownValue(member, 'name'))).toEqual(['Ann', 'Bob', 'Cyd']);
  });

  it('gives invitations the public address, where there is one', async () => {
    const server = await startTestServer({
      database: database(),
      publicUrl: 'https://crm.example.org/satchel/',
    });
    const { body } = await (await Client.ofNewTeam(server.address)).request(
      'POST',
      '/v1/invitations',
    );
    await server.close();
    const { invitation } = invitationSchema.parse(body);
    expect(invitation).toMatch(/^https:\/\/crm\.example\.org\/satchel\/join#/);
    expect(parseInvitation(invitation)?.server).toBe('https://crm.example.org/satchel');
  });

  it('refuses invitations that expired or never were', async () => {
    const code = await (await Client.ofNewTeam(address())).invite();
    const person = { name: 'Bob', email: newEmail(), password: PASSWORD };
    const server = await later(INVITATION_MS + 1000);
    const expired = await request(server.address, 'POST', '/v1/join', {
      body: { code, ...person },
    });
    await server.close();
    expect(refusalOf(expired)).toEqual([410, 'invitation-invalid']);
    const unknown = await post('/v1/join', { code: 'unknown', ...person });
    expect(refusalOf(unknown)).toEqual([410, 'invitation-invalid']);
  });

  it('lets only admins invite', async () => {
    const agent = await (await Client.ofNewTeam(address())).colleague();
    expect(refusalOf(await agent.request('POST', '/v1/invitations'))).toEqual([403, 'forbidden']);
  });

  it('takes an e-mail address once, in whatever letter case', async () => {
    const admin = await Client.ofNewTeam(address());
    const email = admin.session.member.email.toUpperCase();
    expect(refusalOf(await post('/v1/teams', teamInput({ email })))).toEqual([409, 'email-taken']);
    const code = await admin.invite();
    const joined = await post('/v1/join', { code, name: 'Bob', email, password: PASSWORD });
    expect(refusalOf(joined)).toEqual([409, 'email-taken']);
  });

  it('takes it once also when two come together', async () => {
    const input = teamInput();
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/teams', input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a name', { name: ' ' }, /^Enter your name$/],
    ['a team name', { teamName: '' }, /^Enter a team name$/],
    ['an e-mail address', { email: 'ann' }, /^Enter an e-mail address$/],
    ['a longer password', { password: 'short' }, /at least 8 characters/],
    ['a country', { country: 'Germany' }, /^country: /],
    ['a time zone that exists', { timeZone: 'Mars/Base' }, /time zone/],
    ['text that is text', { name: 'Ann\u0000' }, /characters/],
  ])('asks for %s', async (_, changes, message) => {
    const answer = await post('/v1/teams', { ...teamInput(), ...changes });
    expect(refusalOf(answer)).toEqual([400, 'invalid']);
    expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(message) } });
  });

  it('shows people who follow an invitation what to do', async () => {
    const { status, headers, body } = await request(address(), 'GET', '/join');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/html');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(body).toContain('Join a team');
  });
}
