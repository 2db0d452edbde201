import { expect, it } from 'vitest';
import { Client } from '../testing/client.ts';
import { importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

const NEVER_MS = 3600_000;

/** What processes on one database tell each other, and what happens where that fails. */
export function hintsContract({ address, database, another }: Subject): void {
  if (another === undefined) {
    it('needs none where there is one process only', () => {
      expect(database().listen).toBeUndefined();
    });
    return;
  }

  /** A stream by another process that looks by itself only each `pollMs`. */
  const follow = async (admin: Client, pollMs: number) => {
    const otherDatabase = another();
    const other = await startTestServer({ database: otherDatabase, pollMs });
    const stream = await admin.through(other.address).stream();
    await stream.next();
    const close = async () => {
      await stream.close();
      await other.close();
      await otherDatabase.close();
    };
    return { stream, close };
  };
  const listeners = async () =>
    (
      await database().query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'satchel hints'
           AND query LIKE 'LISTEN%' AND state = 'idle'`,
      )
    ).map(({ pid }) => pid);
  const untilListening = async (isEnough: (pids: number[]) => boolean) => {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (isEnough(await listeners())) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('nobody listens');
  };
  const killListeners = () =>
    database().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'satchel hints'`,
    );
  const toldOf = { event: 'change', data: { collection: 'leads' } };

  it('makes changes arrive at once, however seldom a process looks', async () => {
    const admin = await Client.ofNewTeam(address());
    const before = (await listeners()).length;
    const { stream, close } = await follow(admin, NEVER_MS);
    await untilListening((pids) => pids.length > before);
    await admin.push('leads', importedLead('49151', 'A'));
    expect(await stream.next()).toMatchObject(toldOf);
    await close();
  });

  it('is not needed: changes arrive while nobody listens (S3)', async () => {
    const admin = await Client.ofNewTeam(address());
    const { stream, close } = await follow(admin, 50);
    await killListeners();
    await admin.push('leads', importedLead('49151', 'A'));
    expect(await stream.next()).toMatchObject(toldOf);
    await close();
  });

  it('listens again after its connection broke', async () => {
    const admin = await Client.ofNewTeam(address());
    const { stream, close } = await follow(admin, NEVER_MS);
    await untilListening((pids) => pids.length >= 2);
    const before = await listeners();
    await killListeners();
    await untilListening(
      (pids) => pids.filter((pid) => !before.includes(pid)).length >= before.length,
    );
    await admin.push('leads', importedLead('49151', 'A'));
    expect(await stream.next()).toMatchObject(toldOf);
    await close();
  });
}
