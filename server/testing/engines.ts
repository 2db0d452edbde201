/** The databases that the contract suite runs on. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';
import { temporaryFolder } from './folders.ts';
import { installedPrograms, startCluster } from './postgres-cluster.ts';

export interface OpenEngine {
  database: Database;
  /** The same data as another process would open them. @throws Error where none can */
  another(): Database;
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  /** Whether other processes can open the same data. */
  isShared: boolean;
  open(): Promise<OpenEngine>;
}

export const ENGINES: readonly Engine[] = [
  { name: 'PGlite', isShared: false, open: openFolder },
  { name: 'PostgreSQL', isShared: true, open: openServer },
];

async function openFolder(): Promise<OpenEngine> {
  const { folder, remove } = temporaryFolder();
  const database = await openPglite(folder, fail);
  await migrate(database);
  const another = (): never => fail(new Error('no other process can open this folder'));
  return { database, another, close: () => database.close().finally(remove) };
}

async function openServer(): Promise<OpenEngine> {
  const given = process.env.DATABASE_URL;
  const cluster = given === undefined ? await startCluster(installedPrograms()) : undefined;
  const admin = cluster?.url ?? given ?? '';
  const name = `satchel_test_${randomBytes(6).toString('hex')}`;
  await run(admin, `CREATE DATABASE ${name}`);
  const open = () => openPostgres(inDatabase(admin, name), () => {});
  const database = open();
  // As processes that start together do.
  const second = open();
  await Promise.all([migrate(database), migrate(second)]);
  await second.close();
  return {
    database,
    another: open,
    close: async () => {
      await database.close();
      await run(admin, `DROP DATABASE ${name}`);
      await cluster?.stop();
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The address with another database's name in it. */
function inDatabase(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);
}

function fail(error: unknown): never {
  throw error;
}
