import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from './database.ts';
import { Maintenance } from './maintenance.ts';

describe('maintenance', () => {
  let statements: string[] = [];
  let rows = 0;
  const database: Database = {
    engine: 'pglite',
    query: async <Row extends object>(sql: string) => {
      statements.push(sql.split(' ')[0] ?? '');
      return (sql.startsWith('SELECT') ? [{ rows }] : []) as Row[];
    },
    transaction: () => Promise.reject(new Error('unused')),
    close: async () => {},
  };
  const problems: unknown[] = [];
  const start = () =>
    new Maintenance(database, (error) => problems.push(error), {
      vacuumRows: 100,
      vacuumShare: 0.5,
      checkpointBytes: 1000,
      quietMs: 10,
      intervalMs: 10_000,
    });
  beforeEach(() => {
    vi.useFakeTimers();
    statements = [];
    rows = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits until enough was written, and then for quiet', async () => {
    const maintenance = start();
    maintenance.written(99, 10);
    await vi.advanceTimersByTimeAsync(100);
    expect(statements).toEqual([]);
    maintenance.written(1, 10);
    await vi.advanceTimersByTimeAsync(9);
    maintenance.written(1, 10);
    await vi.advanceTimersByTimeAsync(9);
    expect(statements).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(statements).toEqual(['VACUUM', 'SELECT']);
    await maintenance.stop();
  });

  it('clears large tables less often', async () => {
    const maintenance = start();
    rows = 1000;
    maintenance.written(100, 0);
    await vi.advanceTimersByTimeAsync(10);
    maintenance.written(499, 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(statements.filter((sql) => sql === 'VACUUM')).toHaveLength(1);
    maintenance.written(1, 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(statements.filter((sql) => sql === 'VACUUM')).toHaveLength(2);
    await maintenance.stop();
  });

  it('ends the log when it is long, without quiet when it is very long', async () => {
    const maintenance = start();
    maintenance.written(1, 1000);
    await vi.advanceTimersByTimeAsync(10);
    expect(statements).toEqual(['CHECKPOINT']);
    maintenance.written(1, 4000);
    await vi.advanceTimersByTimeAsync(0);
    expect(statements).toEqual(['CHECKPOINT', 'CHECKPOINT']);
    await maintenance.stop();
  });

  it('tidies from time to time whatever was written, and nothing where nothing was', async () => {
    const maintenance = start();
    maintenance.written(1, 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(statements).toEqual(['VACUUM', 'SELECT', 'CHECKPOINT']);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(statements).toHaveLength(3);
    await maintenance.stop();
    maintenance.written(1000, 10_000);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(statements).toHaveLength(3);
    expect(problems).toEqual([]);
  });
});
