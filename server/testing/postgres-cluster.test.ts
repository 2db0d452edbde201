import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startCluster } from './postgres-cluster.ts';

describe('the PostgreSQL of the npm package', () => {
  it('runs where none is installed', async () => {
    const cluster = await startCluster(undefined);
    const client = new pg.Client(cluster.url);
    await client.connect();
    const { rows } = await client.query('SELECT 1 AS one').finally(() => client.end());
    await cluster.stop();
    expect(rows).toEqual([{ one: 1 }]);
  });
});
