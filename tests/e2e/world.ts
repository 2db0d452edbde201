/** What an end-to-end test runs in: a real team server, laptops with data of their own, files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { startTeamServer } from '../../build/team-server.mjs';
import { type Laptop, launchApp } from './launch.ts';
import { SmallDisk } from './small-disk.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const sampleFile = path.join(root, 'samples/leads.csv');

export interface TestTeamServer {
  address: string;
  stop(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Revokes every session behind the server's back, which a restart makes it see. */
  revokeSessions(): Promise<void>;
}

/** Everything that one test file started; `close` ends it all and deletes its folder. */
export class World {
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(readonly folder: string) {}

  static async create(): Promise<World> {
    return new World(await mkdtemp(path.join(tmpdir(), 'satchel-e2e-')));
  }

  async server(): Promise<TestTeamServer> {
    const folder = path.join(this.folder, `server-${this.closers.length}`);
    let running = await start(folder, 0);
    const { address } = running;
    this.closers.push(() => running.stop());
    const restart = async () => {
      running = await start(folder, Number(new URL(address).port));
    };
    return {
      address,
      restart,
      stop: () => running.stop(),
      kill: () => running.kill(),
      revokeSessions: async () => {
        await running.stop();
        const database = await PGlite.create(path.join(folder, 'db'));
        await database.query('UPDATE sessions SET revoked = 1');
        await database.close();
        await restart();
      },
    };
  }

  /** A laptop by name: the same name is the same data folder. */
  async laptop(name: string, args: string[] = []): Promise<Laptop> {
    const laptop = await launchApp({ dataDir: path.join(this.folder, name), args });
    this.closers.push(() => laptop.close());
    return laptop;
  }

  /** A laptop whose data is on a small disk. */
  async laptopOn(disk: SmallDisk): Promise<Laptop> {
    const laptop = await launchApp({
      dataDir: path.join(disk.folder, 'data'),
      starter: disk.electron,
    });
    this.closers.push(() => laptop.close());
    return laptop;
  }

  async smallDisk(megabytes: number): Promise<SmallDisk> {
    const folder = path.join(this.folder, `disk-${this.closers.length}`);
    const disk = await SmallDisk.mount(folder, megabytes);
    this.closers.push(() => disk.unmount());
    return disk;
  }

  async file(name: string, content: string | Buffer): Promise<string> {
    const file = path.join(this.folder, name);
    await writeFile(file, content);
    return file;
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function start(folder: string, port: number) {
  return startTeamServer({
    script: path.join(root, 'dist/server/server.mjs'),
    port,
    folder,
    logFile: `${folder}.log`,
    signal: new AbortController().signal,
  });
}
