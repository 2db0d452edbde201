/** The database on a PostgreSQL server, through pg. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Database, errorCode, type Queryable, type Transaction } from './database.ts';
import { listen, notify } from './postgres-hints.ts';

const ATTEMPTS = 5;
/** A transaction that lost against another one, and may win when it runs again. */
const MAY_RUN_AGAIN = new Set(['40001', '40P01']);
const INT8 = 20;

/** @param onIdleError told about connections that broke while nobody used them */
export function openPostgres(
  connectionString: string,
  onIdleError: (error: Error) => void,
): Database {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000, types });
  pool.on('error', onIdleError);
  return {
    engine: 'postgres',
    ...queryable(pool),
    transaction: (work) => again(() => transact(pool, work)),
    notify,
    listen: (onText) => listen(connectionString, onText),
    close: () => pool.end(),
  };
}

/** Change numbers and times stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
};

function queryable(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query<Row & pg.QueryResultRow>(sql, [...parameters])).rows,
  };
}

async function transact<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  // The statement under way fails with it, too.
  client.on('error', ignore);
  try {
    await client.query('BEGIN');
    let undone = false;
    const result = await work({
      ...queryable(client),
      script: async (sql) => void (await client.query(sql)),
      undo: () => {
        undone = true;
      },
    });
    await client.query(undone ? 'ROLLBACK' : 'COMMIT');
    return result;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

function ignore(): void {}

async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === ATTEMPTS || !MAY_RUN_AGAIN.has(errorCode(error) ?? '')) throw error;
      await sleep(attempt * 20 * (1 + Math.random()));
    }
  }
}
