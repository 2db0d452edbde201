/** The databases that the contract suite runs on. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';
import { temporaryFolder } from './folders.ts';
import { postgresPrograms, startCluster } from './postgres-cluster.ts';

export interface OpenEngine {
  database: Database;
  /** The same data as another process would open them; undefined where none can. */
  another: (() => Database) | undefined;
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  isAvailable: boolean;
  open(): Promise<OpenEngine>;
}

const programs = postgresPrograms();
const given = process.env.DATABASE_URL;

export const ENGINES: readonly Engine[] = [
  { name: 'PGlite', isAvailable: true, open: openFolder },
  {
    name: 'PostgreSQL',
    isAvailable: given !== undefined || programs !== undefined,
    open: openServer,
  },
];

async function openFolder(): Promise<OpenEngine> {
  const { folder, remove } = temporaryFolder();
  const database = await openPglite(folder, fail);
  await migrate(database);
  return { database, another: undefined, close: () => database.close().finally(remove) };
}

async function openServer(): Promise<OpenEngine> {
  const cluster =
    given === undefined && programs !== undefined ? await startCluster(programs) : undefined;
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
