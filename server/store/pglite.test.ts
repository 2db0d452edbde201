import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import type { Queryable } from './database.ts';
import { assertDurable } from './durable-fs.ts';
import { Maintenance } from './maintenance.ts';
import { migrate } from './migrate.ts';
import { openPglite, type PgliteDatabase } from './pglite.ts';

describe('PGlite in a folder', () => {
  const { folder, remove } = temporaryFolder();
  const broken: unknown[] = [];
  let database: PgliteDatabase;
  beforeAll(async () => {
    // Left by a start that was cut short.
    mkdirSync(path.join(folder, 'db.unfinished'));
    writeFileSync(path.join(folder, 'db.unfinished', 'PG_VERSION'), '18\n');
    database = await openPglite(folder, (error) => broken.push(error));
    await migrate(database);
  });
  afterAll(async () => {
    await database?.close();
    remove();
  });
  const put = (key: string, value: string) =>
    database.query('INSERT INTO server_meta (key, value) VALUES ($1, $2)', [key, value]);
  const setting = async (name: string) =>
    (await database.query<{ value: string }>('SELECT current_setting($1) AS value', [name]))[0]
      ?.value;
  const logBytes = () => {
    const logs = path.join(folder, 'db', 'pg_wal');
    return readdirSync(logs).reduce((sum, name) => sum + statSync(path.join(logs, name)).size, 0);
  };

  it('starts over where the first start was cut short', () => {
    expect(readdirSync(folder)).toEqual(['db']);
  });

  it('writes each commit to disk before it is one', async () => {
    const before = database.files.syncs;
    for (let i = 0; i < 50; i++) await put(`commit-${i}`, 'x');
    expect(database.files.syncs - before).toBe(50);
    expect(await setting('fsync')).toBe('on');
    expect(await setting('shared_buffers')).toBe('32MB');
    await assertDurable(database, database.files);
  });

  it('notices at its start if commits would not reach the disk', async () => {
    const nothing: Queryable = { query: async () => [] };
    await expect(assertDurable(nothing, database.files)).rejects.toThrow('to disk');
  });

  it('keeps its data from one opening to the next', async () => {
    await put('kept', 'äöü');
    await database.close();
    database = await openPglite(folder, (error) => broken.push(error));
    await migrate(database);
    expect(await database.query("SELECT value FROM server_meta WHERE key = 'kept'")).toEqual([
      { value: 'äöü' },
    ]);
    expect(existsSync(path.join(folder, 'db.unfinished'))).toBe(false);
  });

  it('tidies up after large writes, so that the log does not grow on and on', async () => {
    const problems: unknown[] = [];
    const maintenance = new Maintenance(database, (error) => problems.push(error), { quietMs: 1 });
    for (let round = 0; round < 8; round++) {
      const sql = `INSERT INTO server_meta (key, value)
        SELECT $1 || g, (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 60))
        FROM generate_series(1, 8000) g`;
      await database.query(sql, [`round-${round}-`]);
      maintenance.written(8000, 16 * 2 ** 20);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await maintenance.stop();
    expect(problems).toEqual([]);
    // Without it, all eight rounds would be in the log.
    expect(logBytes()).toBeLessThan(8 * 8000 * 60 * 32);
    const [analysed] = await database.query<{ rows: number }>(
      "SELECT reltuples::float8 AS rows FROM pg_class WHERE relname = 'server_meta'",
    );
    expect(analysed?.rows).toBeGreaterThan(8000);
    expect(broken).toEqual([]);
  });
});
