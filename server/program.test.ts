/** The whole program: starting, stopping, dying, and what is left after each. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client, PASSWORD, request } from './testing/client.ts';
import { temporaryFolder } from './testing/folders.ts';
import { buildProgram, Program } from './testing/program.ts';
import { importedLead } from './testing/sample-records.ts';

describe('the team server', () => {
  const { folder, remove } = temporaryFolder();
  const data = path.join(folder, 'data');
  let built: Awaited<ReturnType<typeof buildProgram>>;
  const running: Program[] = [];
  beforeAll(async () => {
    built = await buildProgram();
  });
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.kill('SIGKILL');
      await program.exited;
    }
  });
  afterAll(() => {
    built?.remove();
    remove();
  });
  const run = (args: string[], env?: Record<string, string>) => {
    const program = new Program(built.program, args, env);
    running.push(program);
    return program;
  };
  const start = () => run(['--port', '0', '--data', data]);
  const credentials = { email: 'ann@example.org', password: PASSWORD };

  it('starts in a new folder, tells only where it is, and stops when asked', async () => {
    const server = start();
    const address = await server.ready();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const admin = await Client.ofNewTeam(address, credentials);
    await admin.push('leads', importedLead('491511', 'Lea'));
    const stream = await admin.stream();
    await stream.next();
    server.kill('SIGTERM');
    await stream.ended;
    expect(await server.exited).toBe(0);
    expect(server.stdout).toBe(`ready: team server at ${address}\n`);
    expect(server.stderr).toBe('');
  });

  it('keeps what it was told, and lets nobody else near it meanwhile', async () => {
    const server = start();
    // While the first is still starting, too.
    const second = start();
    const address = await Promise.race([server.ready(), second.ready()]);
    const [holder, other] = server.stdout === '' ? [second, server] : [server, second];
    expect(await other.exited).toBe(75);
    expect(other.stderr).toBe(`already running at ${address}\n`);
    expect(other.stdout).toBe('');

    const signedIn = await request(address, 'POST', '/v1/sessions', { body: credentials });
    expect(signedIn.status).toBe(201);
    holder.kill('SIGINT');
    expect(await holder.exited).toBe(0);
  });

  it('loses nothing it has answered for when it is killed', async () => {
    const server = start();
    const address = await server.ready();
    const admin = await Client.ofNewTeam(address);
    const answered: string[] = [];
    const push = async (): Promise<void> => {
      for (let i = 0; ; i++) {
        const leads = [0, 1, 2].map((k) => importedLead(`4915-${i}-${k}`, 'Lea'));
        await admin.push('leads', ...leads);
        answered.push(...leads.map(({ id }) => id));
        if (answered.length >= 60) server.kill('SIGKILL');
      }
    };
    await expect(push()).rejects.toThrow();
    expect(await server.exited).toBeNull();

    const next = start();
    const kept = await admin.through(await next.ready()).pull('leads');
    expect(kept.records.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
    expect(kept.records.length % 3).toBe(0);
  });

  it('says what to do when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const bound = other.address();
    const port = typeof bound === 'object' ? bound?.port : undefined;
    const server = run(['--port', `${port}`, '--data', data]);
    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(new RegExp(`^Port ${port} is taken .*--port.*\\n$`));
    other.close();
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['options', ['--prot', '1'], {}, /Unknown option '--prot'.*--port/s],
    ['a port', ['--port', '70000'], {}, /^--port 70000 .*from 0 to 65535/],
    ['an address', ['--public-url', 'crm'], {}, /^--public-url crm .*https:/],
    [
      'a database',
      ['--port', '0'],
      { DATABASE_URL: 'postgres://ann:hidden@127.0.0.1:1/none' },
      /^Can't use the PostgreSQL database: .*Check DATABASE_URL/,
    ],
  ])('says what to do about %s it cannot use', async (_, args, env, message) => {
    const server = run(args, env);
    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(message);
    expect(server.stderr).not.toContain('hidden');
    expect(server.stdout).toBe('');
  });

  it('says what to do about a folder it cannot use', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const server = run(['--port', '0', '--data', file]);
    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(/^Can't write to the data folder .*--data/);
  });
});
