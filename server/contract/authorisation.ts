import { expect, it } from 'vitest';
import { sessionSchema } from '../../shared/protocol/accounts.ts';
import { errorSchema } from '../../shared/protocol/errors.ts';
import { Client, newEmail, PASSWORD, request, teamInput } from '../testing/client.ts';
import { importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

const WHO = ['nobody', 'agent', 'admin', 'stranger', 'revoked', 'deactivated'] as const;
type Who = (typeof WHO)[number];

/** A team, and what belongs to it. */
interface Scene {
  admin: Client;
  /** A member whom the request is about. */
  target: Client;
}

interface Route {
  /** With what to ask, where it takes more than its address. */
  body?(scene: Scene): unknown;
  path?(scene: Scene): Promise<string> | string;
  answers: Record<Who, number | string>;
}

/** The same to everybody. */
const open = (status: number): Record<Who, number | string> => ({
  nobody: status,
  agent: status,
  admin: status,
  stranger: status,
  revoked: status,
  deactivated: status,
});
/** Status, or the code of a refusal. */
const members = (
  status: number | string,
  {
    agent = status,
    stranger = status,
  }: { agent?: number | string; stranger?: number | string } = {},
): Record<Who, number | string> => ({
  nobody: 'unauthorized',
  agent,
  admin: status,
  stranger,
  revoked: 'revoked',
  deactivated: 'revoked',
});

const ROUTES: Record<string, Route> = {
  'GET /v1/health': { answers: open(200) },
  'GET /join': { answers: open(200) },
  'POST /v1/teams': { body: () => teamInput(), answers: open(201) },
  'POST /v1/join': { body: () => ({ code: 'none' }), answers: open(400) },
  'POST /v1/sessions': {
    body: ({ target }) => ({ email: target.session.member.email, password: PASSWORD }),
    answers: open(201),
  },
  'DELETE /v1/sessions/current': { answers: members(204) },
  'POST /v1/invitations': { answers: members(201, { agent: 'forbidden' }) },
  'GET /v1/sync/stream': { answers: members(200) },
  'POST /v1/sync/:collection/push': {
    path: () => '/v1/sync/leads/push',
    body: ({ admin }) => ({ rows: [admin.row('leads', importedLead('4916', 'Pushed'))] }),
    answers: members(200),
  },
  'GET /v1/sync/:collection/pull': { path: () => '/v1/sync/leads/pull', answers: members(200) },
  'GET /v1/leads': { answers: members(200) },
  'GET /v1/devices': { answers: members(200) },
  'DELETE /v1/devices/:id': {
    path: async ({ target }) => `/v1/devices/${await deviceOf(target)}`,
    answers: members(204, { agent: 'not-found', stranger: 'not-found' }),
  },
  'POST /v1/members/:id/deactivate': {
    path: ({ target }) => `/v1/members/${target.session.member.id}/deactivate`,
    answers: members(204, { agent: 'forbidden', stranger: 'not-found' }),
  },
  'POST /v1/members/:id/reactivate': {
    path: ({ target }) => `/v1/members/${target.session.member.id}/reactivate`,
    answers: members(204, { agent: 'forbidden', stranger: 'not-found' }),
  },
};

async function deviceOf(client: Client): Promise<string> {
  const { body } = await client.request('GET', '/v1/devices');
  const devices: unknown = Reflect.get(Object(body), 'devices');
  const [device] = Array.isArray(devices) ? devices : [];
  return String(Reflect.get(Object(device), 'id'));
}

/** Who may ask for what: every route of the server, for everybody who may come. */
export function authorisationContract({ address, routes }: Subject): void {
  it('has an entry for every route', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(routes().sort());
  });

  /** Somebody of the kind, signed in as far as they can be. */
  const asWho = async (who: Who, { admin }: Scene): Promise<string | undefined> => {
    if (who === 'nobody') return undefined;
    if (who === 'admin') return (await signedInAgain(admin)).session.token;
    if (who === 'stranger') return (await Client.ofNewTeam(address())).session.token;
    const agent = await admin.colleague();
    const { id } = agent.session.member;
    if (who === 'revoked') await admin.request('DELETE', `/v1/devices/${await deviceOf(agent)}`);
    if (who === 'deactivated') await admin.request('POST', `/v1/members/${id}/deactivate`);
    return agent.session.token;
  };
  const signedInAgain = async ({ session }: Client) => {
    const body = { email: session.member.email, password: PASSWORD };
    const answer = await request(address(), 'POST', '/v1/sessions', { body });
    return new Client(address(), sessionSchema.parse(answer.body));
  };
  /** Status, or the code of a refusal; of a stream only its beginning is read. */
  const ask = async (name: string, route: Route, scene: Scene, token: string | undefined) => {
    const [method = '', url = ''] = name.split(' ');
    const body = route.body?.(scene);
    const abort = new AbortController();
    const response = await fetch(address() + ((await route.path?.(scene)) ?? url), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: abort.signal,
    });
    const isRefusal = response.status >= 401;
    const answer = isRefusal
      ? errorSchema.parse(await response.json()).error.code
      : response.status;
    abort.abort();
    return answer;
  };

  it.each(Object.entries(ROUTES))('answers %s to whom it is for', async (name, route) => {
    const admin = await Client.ofNewTeam(address());
    const answers: Partial<Record<Who, number | string>> = {};
    for (const who of WHO) {
      const scene = { admin, target: await admin.colleague() };
      answers[who] = await ask(name, route, scene, await asWho(who, scene));
    }
    expect(answers).toEqual(route.answers);
  });

  it('gives another team’s admin nothing of ours, by whatever route', async () => {
    const ours = await Client.ofNewTeam(address());
    const theirs = await Client.ofNewTeam(address());
    await ours.push('leads', importedLead('4915', 'Ours alone'));
    const agent = await ours.colleague();
    for (const path of [
      '/v1/leads',
      '/v1/devices',
      '/v1/sync/leads/pull',
      '/v1/sync/workspace/pull',
    ]) {
      const text = JSON.stringify((await theirs.request('GET', path)).body);
      expect(text).not.toContain('Ours alone');
      expect(text).not.toContain(agent.session.member.id);
      expect(text).not.toContain(ours.session.member.email);
    }
    const email = newEmail();
    const code = await theirs.invite();
    const joined = await request(address(), 'POST', '/v1/join', {
      body: { code, name: 'Eve', email, password: PASSWORD },
    });
    expect(sessionSchema.parse(joined.body).team.id).toBe(theirs.session.team.id);
  });
}
