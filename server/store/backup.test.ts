/** A folder that was put back from a copy, after laptops had pulled what came later. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Client, refusalOf } from '../testing/client.ts';
import { temporaryFolder } from '../testing/folders.ts';
import { importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';

describe('a restored backup', () => {
  const { folder, remove } = temporaryFolder();
  const data = path.join(folder, 'data');
  const backup = path.join(folder, 'backup');
  let database: Database | undefined;
  beforeEach(() => {
    for (const path of [data, backup]) rmSync(path, { recursive: true, force: true });
    mkdirSync(data);
  });
  afterAll(remove);

  const run = async <T>(work: (address: string) => Promise<T>): Promise<T> => {
    database = await openPglite(data, (error) => {
      throw error;
    });
    await migrate(database);
    const server = await startTestServer({ database });
    try {
      return await work(server.address);
    } finally {
      await server.close();
      await database.close();
    }
  };
  const push = (client: Client, count: number, prefix: string) =>
    client.push(
      'leads',
      ...Array.from({ length: count }, (_, i) => importedLead(`${prefix}${i}`, prefix)),
    );
  const pull = (client: Client, { checkpoint, history }: { checkpoint: number; history: string }) =>
    client.request('GET', `/v1/sync/leads/pull?since=${checkpoint}&history=${history}`);

  it('is noticed by laptops that saw more, also once it has grown past that (S10)', async () => {
    const { ann, atBackup } = await run(async (address) => {
      const ann = await Client.ofNewTeam(address);
      await push(ann, 3, '4915');
      return { ann, atBackup: await ann.pull('leads') };
    });
    cpSync(data, backup, { recursive: true });
    const later = await run(async (address) => {
      const there = ann.through(address);
      const first = await there.pull('leads', atBackup.checkpoint, 1000, atBackup.history);
      await push(there, 5, '4916');
      return { first, last: await there.pull('leads') };
    });
    rmSync(data, { recursive: true });
    cpSync(backup, data, { recursive: true });
    await run(async (address) => {
      const there = ann.through(address);
      // It saw no more than the backup has, but of a history that the backup does not know.
      expect(refusalOf(await pull(there, later.first))).toEqual([409, 'resync']);
      expect(refusalOf(await pull(there, later.last))).toEqual([409, 'resync']);
      expect((await pull(there, atBackup)).status).toBe(200);
      await push(there, 20, '4917');
      expect((await there.pull('leads')).checkpoint).toBeGreaterThan(later.last.checkpoint);
      expect(refusalOf(await pull(there, later.last))).toEqual([409, 'resync']);
      expect((await pull(there, atBackup)).status).toBe(200);
    });
  });

  it('is noticed where laptops pulled on without a restart between (S10)', async () => {
    // A copy of the running server, as a snapshot of the disk makes it: its history goes on.
    const { ann, beyond } = await run(async (address) => {
      const ann = await Client.ofNewTeam(address);
      await push(ann, 3, '4915');
      await database?.query('CHECKPOINT');
      cpSync(data, backup, { recursive: true });
      await push(ann, 5, '4916');
      return { ann, beyond: await ann.pull('leads') };
    });
    rmSync(data, { recursive: true });
    cpSync(backup, data, { recursive: true });
    await run(async (address) => {
      const there = ann.through(address);
      await push(there, 20, '4917');
      expect(refusalOf(await pull(there, beyond))).toEqual([409, 'resync']);
      const again = await there.pull('leads', 0);
      expect(again.records.map(({ id }) => id)).not.toContain('49164');
    });
  });
});
