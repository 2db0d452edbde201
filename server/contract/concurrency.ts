import { expect, it } from 'vitest';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { mergeRecords } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { Client } from '../testing/client.ts';
import { at, byPerson, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

const times = (count: number) => Array.from({ length: count }, (_, i) => i);
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Reads changes as they come, as laptops do, until `isDone`. */
async function tail(
  client: Client,
  limit: number,
  isDone: () => boolean,
): Promise<Map<string, RecordState>> {
  const seen = new Map<string, RecordState>();
  for (let since = 0, ending = false; ; ) {
    const { records, checkpoint } = await client.pull('leads', since, limit);
    for (const record of records) seen.set(record.id, record);
    since = checkpoint;
    if (records.length === limit) continue;
    if (ending) return seen;
    // Once more after the last write.
    ending = isDone();
  }
}

/** Many laptops at once. */
export function concurrencyContract({ address }: Subject): void {
  it('loses nothing of what many change in one record', async () => {
    const admin = await Client.ofNewTeam(address());
    const changes = times(24).map((i) =>
      byPerson('4915', { [`c/${i}`]: i, shared: i }, at(i, letters[i % 26])),
    );
    await Promise.all(changes.map((change) => admin.push('leads', change)));
    const expected = changes.reduce((a, b) => mergeRecords(a, b, byTimeAloneIn('leads')));
    expect((await admin.pull('leads')).records).toEqual([expected]);
  });

  it('shows a reader every change, under eight writers (S2)', async () => {
    const admin = await Client.ofNewTeam(address());
    let done = false;
    const writers = times(8).map(async (writer) => {
      for (const batch of times(12)) {
        const own = times(3).map((i) => importedLead(`${writer}-${batch}-${i}`, 'Own'));
        const shared = byPerson('shared', { [`c/${writer}`]: batch }, at(batch, letters[writer]));
        await admin.push('leads', ...own, shared);
      }
    });
    const written = Promise.all(writers).finally(() => {
      done = true;
    });
    const readers = [7, 1000].map((limit) => tail(admin, limit, () => done));
    await written;
    const all = new Map((await admin.pull('leads')).records.map((record) => [record.id, record]));
    expect(all.size).toBe(8 * 12 * 3 + 1);
    expect(Object.values(all.get('shared')?.person.values ?? {})).toEqual(times(8).map(() => 11));
    for (const seen of await Promise.all(readers)) expect(seen).toEqual(all);
  });

  it('keeps teams from waiting for each other’s losses', async () => {
    const teams = await Promise.all(times(4).map(() => Client.ofNewTeam(address())));
    await Promise.all(
      teams.flatMap((team) =>
        times(5).map((i) => team.push('leads', importedLead(`4915${i}`, team.session.team.id))),
      ),
    );
    for (const team of teams) {
      const { records, checkpoint } = await team.pull('leads');
      expect(records.map(({ machine }) => machine.values.name)).toEqual(
        times(5).map(() => team.session.team.id),
      );
      expect((await team.pull('leads', checkpoint)).records).toEqual([]);
    }
  });

  it('takes the same records in opposite orders', async () => {
    const admin = await Client.ofNewTeam(address());
    const leads = times(20).map((i) => importedLead(`4915${i}`, `Lead ${i}`));
    await Promise.all(
      times(6).map((i) => admin.push('leads', ...(i % 2 ? leads : leads.toReversed()))),
    );
    expect((await admin.pull('leads')).records).toHaveLength(20);
  });
}
