/** Brings a database's tables up to date. */
import type { Database, Transaction } from './database.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

/** Of PostgreSQL's advisory locks, the one under which tables change: 'satchel' in digits. */
const MIGRATION_LOCK = 7_284_243_501;

/**
 * Applies what is missing, in order, in one transaction; processes that start together do so one
 * after the other.
 * @throws Error when the database was written by a newer server
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const current = await currentVersion(tx);
    const newest = migrations.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new Error(
        `the data were written by a newer team server (version ${current} of the tables, this one knows ${newest}); update this server`,
      );
    }
    for (const migration of migrations) {
      if (migration.version > current) await apply(tx, migration);
    }
  });
}

async function currentVersion(tx: Transaction): Promise<number> {
  await tx.script(`CREATE TABLE IF NOT EXISTS schema_version (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied timestamptz NOT NULL DEFAULT now()
  )`);
  const [row] = await tx.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM schema_version',
  );
  return row?.version ?? 0;
}

async function apply(tx: Transaction, { version, name, sql }: Migration): Promise<void> {
  await tx.script(sql);
  await tx.query('INSERT INTO schema_version (version, name) VALUES ($1, $2)', [version, name]);
}
