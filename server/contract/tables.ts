import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { migrate } from '../store/migrate.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { takeChangeNumbers, writeRecords } from '../store/records.ts';
import { at, byPerson } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

/** Migrations and transactions. */
export function tablesContract({ database, another }: Subject): void {
  const meta = () => database().query("SELECT value FROM server_meta WHERE key = 'test'");
  const write = "INSERT INTO server_meta (key, value) VALUES ('test', 'x')";

  it('changes no tables that are up to date', async () => {
    await migrate(database());
    const rows = await database().query('SELECT version FROM schema_version');
    expect(rows).toEqual(MIGRATIONS.map(({ version }) => ({ version })));
  });

  it('makes no half of a change', async () => {
    const broken = { version: 1000, name: 'broken', sql: 'CREATE TABLE half (id int); SELECT 1/0' };
    await expect(migrate(database(), [...MIGRATIONS, broken])).rejects.toThrow('division by zero');
    const [row] = await database().query("SELECT to_regclass('half')::text AS half");
    expect(row).toEqual({ half: null });
    expect(await database().query('SELECT version FROM schema_version')).toHaveLength(
      MIGRATIONS.length,
    );
  });

  it('leaves the data of a newer server alone', async () => {
    await expect(migrate(database(), [])).rejects.toThrow('newer team server');
  });

  it('undoes a transaction that fails, or is to be undone', async () => {
    await expect(
      database().transaction(async (tx) => {
        await tx.query(write);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await meta()).toEqual([]);
    const result = await database().transaction(async (tx) => {
      await tx.query(write);
      tx.undo();
      return 'done';
    });
    expect(result).toBe('done');
    expect(await meta()).toEqual([]);
  });

  it('goes on after a statement that fails', async () => {
    await expect(database().query('SELECT nonsense')).rejects.toThrow('nonsense');
    await expect(database().transaction((tx) => tx.query('SELECT nonsense'))).rejects.toThrow(
      'nonsense',
    );
    expect(await database().query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('counts beyond 32 bits', async () => {
    const team = randomUUID();
    const start = 2 ** 40;
    const insert = 'INSERT INTO teams (id, name, seq, created) VALUES ($1, $2, $3, 0)';
    await database().query(insert, [team, 'Old team', start]);
    const written = await database().transaction(async (tx) => {
      const { first } = await takeChangeNumbers(tx, team, 2);
      const records = ['a', 'b'].map((id) => ({
        body: byPerson(id, { name: id }, at(1)),
        received: {},
      }));
      return writeRecords(tx, { team, collection: 'leads' }, records, first);
    });
    expect(written.last).toBe(start + 2);
  });

  if (another === undefined) return;

  it('outlives a connection that breaks in a transaction', async () => {
    const broken = database().transaction(async (tx) => {
      await tx.query(write);
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toMatchObject({ code: '57P01' });
    expect(await meta()).toEqual([]);
  });

  it('changes the tables once, whoever starts together', async () => {
    const others = Array.from({ length: 4 }, () => another());
    const first = { version: 1001, name: 'tried', sql: 'CREATE TABLE tried (id int)' };
    await Promise.all(others.map((other) => migrate(other, [...MIGRATIONS, first])));
    const rows = await database().query('SELECT version FROM schema_version WHERE version = 1001');
    expect(rows).toHaveLength(1);
    await database().transaction((tx) =>
      tx.script('DROP TABLE tried; DELETE FROM schema_version WHERE version = 1001'),
    );
    await Promise.all(others.map((other) => other.close()));
  });
}
