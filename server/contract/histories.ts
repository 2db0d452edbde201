import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { deleteOldHistories, HISTORY_MS } from '../store/histories.ts';
import { Client, refusalOf } from '../testing/client.ts';
import { importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

/** Which checkpoints a server goes on from. */
export function historiesContract({ address, database }: Subject): void {
  const pull = (client: Client, since: number, history: string) =>
    client.request('GET', `/v1/sync/leads/pull?since=${since}&history=${history}`);

  it('goes on from a checkpoint of its own, also after a restart (S10)', async () => {
    const admin = await Client.ofNewTeam(address());
    await admin.push('leads', importedLead('49151', 'A'), importedLead('49152', 'B'));
    const first = await admin.pull('leads', 0, 1);
    const all = await admin.pull('leads');
    const restarted = await startTestServer({ database: database() });
    const there = admin.through(restarted.address);
    expect((await pull(there, first.checkpoint, first.history)).status).toBe(200);
    const { history } = await there.pull('leads', all.checkpoint, 10, all.history);
    expect(history).not.toBe(all.history);
    // The one that started first counts in the newest history as well.
    await admin.push('leads', importedLead('49153', 'C'));
    const next = await admin.pull('leads', all.checkpoint, 10, all.history);
    expect(next.records).toHaveLength(1);
    expect(next.history).toBe(history);
    expect((await pull(there, next.checkpoint, next.history)).status).toBe(200);
    await restarted.close();
  });

  it('starts over from one that it does not know, or that is beyond (S10)', async () => {
    const admin = await Client.ofNewTeam(address());
    await admin.push('leads', importedLead('49151', 'A'));
    const { checkpoint, history } = await admin.pull('leads');
    const other = await (await Client.ofNewTeam(address())).pull('leads');
    for (const [since, named] of [
      [checkpoint, randomUUID()],
      [checkpoint, other.history],
      [checkpoint, ''],
      [checkpoint, 'x'],
      [checkpoint, '%00'],
      [checkpoint + 1, history],
    ] as const) {
      expect(refusalOf(await pull(admin, since, named))).toEqual([409, 'resync']);
    }
    expect((await pull(admin, 0, randomUUID())).status).toBe(200);

    // A later history began before what this one counted to: so its changes were lost.
    const restarted = await startTestServer({ database: database() });
    await restarted.close();
    await admin.push('leads', importedLead('49152', 'B'));
    expect((await pull(admin, checkpoint, history)).status).toBe(200);
    expect(refusalOf(await pull(admin, checkpoint + 1, history))).toEqual([409, 'resync']);
  });

  it('forgets old ones in the end, never the one under way', async () => {
    const admin = await Client.ofNewTeam(address());
    await admin.push('leads', importedLead('49151', 'A'));
    const before = await admin.pull('leads');
    await (await startTestServer({ database: database() })).close();
    const after = await admin.pull('leads');
    await database().transaction(async (tx) => {
      await deleteOldHistories(tx, Date.now() + HISTORY_MS + 1000);
      const rows = await tx.query<{ id: string }>('SELECT id FROM histories WHERE team = $1', [
        admin.session.team.id,
      ]);
      expect(rows).toEqual([{ id: after.history }]);
      tx.undo();
    });
    expect(before.history).not.toBe(after.history);
  });
}
