/** The database in a folder: PGlite, made durable. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Database, errorCode, type Queryable, type Transaction } from './database.ts';
import { DURABLE_START_PARAMETERS, DurableFS, syncPath, syncTree } from './durable-fs.ts';

export interface PgliteDatabase extends Database {
  readonly engine: 'pglite';
  readonly files: DurableFS;
}

/**
 * Opens the database in `folder`/db, which is made where there is none.
 * @param onBroken called when nothing more can be written: the process should end, so that the
 *   next one recovers what was committed
 */
export async function openPglite(
  folder: string,
  onBroken: (error: unknown) => void,
): Promise<PgliteDatabase> {
  const home = path.join(folder, 'db');
  if (!existsSync(home)) await createIn(folder, home, onBroken);
  const { pg, files } = await open(home, onBroken);
  return {
    engine: 'pglite',
    files,
    query: (sql, parameters) => guarded(onBroken, () => queryable(pg).query(sql, parameters)),
    transaction: (work) => guarded(onBroken, () => transact(pg, work)),
    close: () => pg.close(),
  };
}

/** Under another name until it is complete, so that an interrupted start leaves no half of one. */
async function createIn(
  folder: string,
  home: string,
  onBroken: (error: unknown) => void,
): Promise<void> {
  const unfinished = path.join(folder, 'db.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const { pg } = await open(unfinished, onBroken);
  await pg.close();
  syncTree(unfinished);
  renameSync(unfinished, home);
  syncPath(folder);
}

async function open(
  home: string,
  onBroken: (error: unknown) => void,
): Promise<{ pg: PGlite; files: DurableFS }> {
  const files = new DurableFS(home, onBroken);
  const pg = new PGlite({ fs: files, startParams: [...DURABLE_START_PARAMETERS] });
  await pg.waitReady;
  return { pg, files };
}

/** What PGlite itself and its transactions have in common. */
interface Runs {
  query<Row>(sql: string, parameters?: unknown[]): Promise<{ rows: Row[] }>;
}

function queryable(pg: Runs): Queryable {
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      (await pg.query<Row>(sql, [...parameters])).rows,
  };
}

function transact<T>(pg: PGlite, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return pg.transaction(async (running) => {
    let undone = false;
    const result = await work({
      ...queryable(running),
      script: async (sql) => void (await running.exec(sql)),
      undo: () => {
        undone = true;
      },
    });
    if (undone) await running.rollback();
    return result;
  });
}

async function guarded<T>(onBroken: (error: unknown) => void, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isFatal(error)) onBroken(error);
    throw error;
  }
}

/** After a panic PGlite would go on with a database in an unknown state. */
function isFatal(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  if (errorCode(error) === undefined) return false;
  const severity: unknown = Reflect.get(Object(error), 'severity');
  return severity === 'PANIC' || severity === 'FATAL';
}
