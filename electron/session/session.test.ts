import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appStateSchema } from '../../shared/ipc/app-contract.ts';
import { serverClient } from '../sync/server-client.ts';
import { FakeServer, json, type Seen } from '../testing/fake-server.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { accountsOver } from './accounts.ts';
import { profilesFile } from './profiles-file.ts';
import { Session } from './session.ts';
import { TokenFile } from './token-file.ts';

const newFolder = temporaryFolders();
const PLAIN = {
  isAvailable: () => false,
  encrypt: (text: string) => Buffer.from(text),
  decrypt: String,
};
const TEAM = { teamName: 'Lamps', name: 'Ana', email: 'ana@example.com', password: 'long enough' };
const MEMBER = { email: 'ana@example.com', password: 'long enough' };

let server: FakeServer;
let folder: string;
let tokensGiven: number;

beforeEach(async () => {
  folder = newFolder();
  tokensGiven = 0;
  server = await FakeServer.start((seen, response) => {
    if (seen.path === '/v1/invitations') {
      const invitation = `${server.address}/join#code-1`;
      return json(response, 201, { invitation, expiresAt: 1_800_000_000_000 });
    }
    if (seen.method === 'DELETE') return void response.writeHead(204).end();
    json(response, 201, answerTo(seen));
  });
});

afterEach(() => server.stop());

function answerTo({ body }: Seen) {
  const { email } = body as { email: string };
  return {
    token: `token-of-twenty-and-more-${++tokensGiven}`,
    team: { id: 't1', name: 'Lamps' },
    member: { id: `m-${email}`, name: 'Ana', email, role: 'admin' },
  };
}

function open(changes: { serverHint?: string; onChange?: () => void } = {}): Session {
  return new Session({
    accounts: accountsOver(serverClient(fetch, 2000)),
    profiles: profilesFile(folder),
    tokens: new TokenFile(folder, PLAIN),
    device: 'laptop',
    country: 'MX',
    timeZone: 'America/Mexico_City',
    serverHint: '',
    installation: 'i1',
    version: '0.1.0',
    onChange: () => {},
    ...changes,
  });
}

function storeOf(session: Session): string {
  return session.state().profile?.store ?? '';
}

test('the first run shows no profile', () => {
  expect(open().state()).toEqual({
    profile: null,
    aloneStore: null,
    withdrawn: [],
    serverHint: '',
    installation: 'i1',
    version: '0.1.0',
  });
  expect(open().account()).toBeUndefined();
});

test('working alone is remembered', () => {
  open().workAlone();
  const { profile, aloneStore } = open().state();
  expect(profile).toMatchObject({ kind: 'alone', store: 'satchel-alone', country: 'MX' });
  expect(aloneStore).toBe('satchel-alone');
  expect(open().account()).toBeUndefined();
});

describe('with a team', () => {
  test('a team is created with the laptop’s country and time zone, and entered', async () => {
    const onChange = vi.fn();
    const session = open({ onChange });
    const state = await session.createTeam({ server: `${server.address}/`, ...TEAM });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/v1/teams',
        body: { ...TEAM, country: 'MX', timeZone: 'America/Mexico_City', device: 'laptop' },
      },
    ]);
    expect(appStateSchema.parse(state).profile).toMatchObject({
      kind: 'team',
      server: server.address,
      team: { name: 'Lamps' },
      signedIn: true,
    });
    expect(onChange).toHaveBeenCalledOnce();
    expect(open().state().profile).toEqual(state.profile);
    expect(open().account()?.token).toBe('token-of-twenty-and-more-1');
    expect(open().state().serverHint).toBe(server.address);
    expect(open({ serverHint: 'http://other' }).state().serverHint).toBe('http://other');
  });

  test('the token is in no answer to the window, and its file is private', async () => {
    const state = await open().createTeam({ server: server.address, ...TEAM });
    expect(JSON.stringify(state)).not.toContain('token');
    expect(readFileSync(path.join(folder, 'profiles.json'), 'utf8')).not.toContain('token');
    expect(statSync(path.join(folder, 'tokens.json')).mode & 0o077).toBe(0);
  });

  test('an invitation leads to its server with its code', async () => {
    const invitation = ` ${server.address}/join#code-1\n`;
    const { name, email, password } = TEAM;
    await open().joinTeam({ invitation, name, email, password });
    expect(server.seen).toMatchObject([
      { path: '/v1/join', body: { code: 'code-1', name, email, password, device: 'laptop' } },
    ]);
    expect(storeOf(open())).toMatch(/^satchel-[0-9a-f]{24}$/);
  });

  test.each(['hello', 'https://example.com/join', 'ftp://example.com/join#code'])(
    '%s is no invitation',
    async (invitation) => {
      const { name, email, password } = TEAM;
      const joining = open().joinTeam({ invitation, name, email, password });
      await expect(joining).rejects.toMatchObject({ code: 'invitation-invalid' });
      expect(open().state().profile).toBeNull();
    },
  );

  test('an address that is none of a server is refused', async () => {
    const signingIn = open().signIn({ server: 'ftp://example.com', ...MEMBER });
    await expect(signingIn).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a refusal comes through, and changes nothing', async () => {
    const error = { code: 'wrong-password', message: 'That is not the password' };
    server.answer((_seen, response) => json(response, 401, { error }));
    const signingIn = open().signIn({ server: server.address, ...MEMBER });
    await expect(signingIn).rejects.toMatchObject(error);
    expect(open().state().profile).toBeNull();
  });

  test('the same member returns to the same store, another gets another', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    const first = storeOf(session);
    session.signOut();
    await session.signIn({ server: `${server.address}/`, ...MEMBER });
    expect(storeOf(session)).toBe(first);
    await session.signIn({ server: server.address, email: 'bo@example.com', password: 'x' });
    expect(storeOf(session)).not.toBe(first);
  });

  test('signing out goes to the welcome screen and revokes the token', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    expect(session.signOut().profile).toBeNull();
    expect(session.account()).toBeUndefined();
    await vi.waitFor(() =>
      expect(server.seen.at(-1)).toMatchObject({
        method: 'DELETE',
        headers: { authorization: 'Bearer token-of-twenty-and-more-1' },
      }),
    );
    expect(readFileSync(path.join(folder, 'tokens.json'), 'utf8')).not.toContain('twenty');
  });

  test('signing out works offline', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    server.answer((_seen, response) => response.destroy());
    expect(session.signOut().profile).toBeNull();
    expect(open().state().profile).toBeNull();
  });

  test('leads made alone are still known after a team was entered', async () => {
    const session = open();
    session.workAlone();
    const { aloneStore } = await session.createTeam({ server: server.address, ...TEAM });
    expect(aloneStore).toBe('satchel-alone');
  });

  test('inviting asks with the token', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    expect(await session.invite()).toMatchObject({ invitation: `${server.address}/join#code-1` });
    expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer token-of-twenty-and-more-1');
  });

  test('inviting without a team is refused', async () => {
    await expect(open().invite()).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('a token that the server no longer takes', () => {
  test('leaves the profile, signed out', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    const account = session.account();
    expect(account && session.refused(account)).toBe(true);
    expect(session.state().profile).toMatchObject({ kind: 'team', signedIn: false });
    expect(session.account()?.token).toBeUndefined();
    expect(account && session.refused(account)).toBe(false);
  });

  test('is nobody’s loss after a new sign-in', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    const old = session.account();
    await session.signIn({ server: server.address, ...MEMBER });
    expect(old && session.refused(old)).toBe(false);
    expect(session.state().profile).toMatchObject({ signedIn: true });
  });

  test('is noticed by inviting, too', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    server.answer((_seen, response) => response.writeHead(401).end());
    await expect(session.invite()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(session.state().profile).toMatchObject({ signedIn: false });
  });

  test('counts as signed out when it can’t be read any more', async () => {
    await open().createTeam({ server: server.address, ...TEAM });
    writeFileSync(path.join(folder, 'tokens.json'), '{"version":1,"tokens":{}}');
    expect(open().state().profile).toMatchObject({ signedIn: false });
  });
});

describe('a revoked device', () => {
  test('forgets profile and token at once, and its data until that is gone (S12)', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    const account = session.account();
    const store = account?.store ?? '';
    expect(account && session.revoked(account)).toBe(true);
    expect(account && session.revoked(account)).toBe(false);
    const withdrawn = [{ store, team: expect.any(String) }];
    expect(open().state()).toMatchObject({ profile: null, withdrawn });
    expect(session.account()).toBeUndefined();
    expect(session.storeDeleted(store)).toMatchObject({ withdrawn: [] });
    expect(open().state()).toMatchObject({ profile: null, withdrawn: [] });
  });

  test('keeps what is there when it has access again before (S12)', async () => {
    const session = open();
    await session.createTeam({ server: server.address, ...TEAM });
    const account = session.account();
    expect(account && session.revoked(account)).toBe(true);
    await session.signIn({ server: server.address, ...MEMBER });
    expect(session.state()).toMatchObject({ profile: { signedIn: true }, withdrawn: [] });
  });
});
