import { expect, it } from 'vitest';
import { type ConflictActivity, conflictOf } from '../../shared/lead/activity.ts';
import { formatClock, MAX_CLOCK_DRIFT_MS } from '../../shared/record/clock.ts';
import { byTimeAloneIn, workspaceId } from '../../shared/record/collections.ts';
import { baseOf } from '../../shared/record/conflicts.ts';
import type { Json } from '../../shared/record/json.ts';
import { deleteRecord, setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState, shownValue } from '../../shared/record/record.ts';
import { Client } from '../testing/client.ts';
import { at, byMachine, byPerson, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

const KEY = '4915112345678';
const byTimeAlone = byTimeAloneIn('leads');

/** What the server finds that two people changed without having seen each other's value. */
export function conflictsContract({ address, database }: Subject): void {
  /** An admin and an agent, both with the same lead. */
  const pair = async () => {
    const admin = await Client.ofNewTeam(address());
    const agent = await admin.colleague();
    await admin.push('leads', importedLead(KEY, 'Lea'));
    await agent.pull('leads');
    return { admin, agent, lead: importedLead(KEY, 'Lea') };
  };
  const edit = (record: RecordState, values: Record<string, Json>, clock: string) =>
    setFields(record, values, clock, 'person', byTimeAlone);
  const conflictsOf = async (client: Client): Promise<ConflictActivity[]> =>
    (await client.pull('activities')).records.flatMap((record) => conflictOf(record) ?? []);
  const receivedOf = async ({ session }: Client, id = KEY) => {
    const sql = 'SELECT received FROM records WHERE team = $1 AND id = $2';
    const [row] = await database().query<{ received: unknown }>(sql, [session.team.id, id]);
    return row?.received;
  };

  it.each([
    ['comes later', 1, 2],
    ['comes first', 2, 1],
  ])(
    'keeps what lost, with who and when, where the winner %s (K1) (K2)',
    async (_, first, then) => {
      const { admin, agent, lead } = await pair();
      await admin.push('leads', edit(lead, { name: 'By Ann' }, at(first, 'a')));
      await agent.push('leads', edit(lead, { name: 'By Bob' }, at(then, 'b')));
      const isAnnLost = first < then;
      const [annId, bobId] = [admin.session.member.id, agent.session.member.id];
      const conflicts = await conflictsOf(admin);
      expect(conflicts).toEqual([
        {
          id: expect.stringMatching(/^conflict:/),
          kind: 'conflict',
          collection: 'leads',
          record: KEY,
          field: 'name',
          at: expect.any(Number),
          lost: isAnnLost ? 'By Ann' : 'By Bob',
          lostClock: isAnnLost ? at(first, 'a') : at(then, 'b'),
          lostBy: isAnnLost ? annId : bobId,
          kept: isAnnLost ? 'By Bob' : 'By Ann',
          keptClock: isAnnLost ? at(then, 'b') : at(first, 'a'),
          keptBy: isAnnLost ? bobId : annId,
          buried: false,
          resolution: null,
        },
      ]);
      expect(await conflictsOf(agent)).toEqual(conflicts);
    },
  );

  it('finds it once, also where the answer was lost and more was written (K2) (S9)', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(1, 'a')));
    const sent = edit(lead, { name: 'By Bob' }, at(2, 'b'));
    // Bob's laptop never heard of the first one's being taken: its base stays what it was.
    const later = edit(sent, { name: 'By Bob again', 'c/x': 1 }, at(3, 'b'));
    for (const record of [sent, sent, later, later]) {
      await agent.pushRows('leads', [{ record, base: baseOf(record, lead) }]);
    }
    expect(await conflictsOf(admin)).toMatchObject([{ lost: 'By Ann', kept: 'By Bob' }]);
    expect(await receivedOf(admin)).toEqual({
      'aaaaaaaaaa name': at(1, 'a'),
      'bbbbbbbbbb name': at(3, 'b'),
      'bbbbbbbbbb c/x': at(3, 'b'),
    });
  });

  it('judges a value that a correction brought from another number with its older clock (K2) (N3)', async () => {
    const { admin, agent, lead } = await pair();
    const own = edit(lead, { 'c/x': 'own' }, at(5, 'b'));
    await agent.pushRows('leads', [{ record: own, base: baseOf(own, lead) }]);
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(3, 'a')));
    // Older than what the server has from this laptop, and news all the same.
    const brought = edit(own, { name: 'Brought' }, at(2, 'b'));
    for (let times = 0; times < 2; times++) {
      await agent.pushRows('leads', [{ record: brought, base: baseOf(brought, own) }]);
    }
    expect(await conflictsOf(admin)).toMatchObject([{ lost: 'Brought', kept: 'By Ann' }]);
  });

  it('finds one that lost at once only once (K2)', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(2, 'a')));
    const record = edit(lead, { name: 'By Bob' }, at(1, 'b'));
    const rows = [{ record, base: baseOf(record, lead) }];
    const { merged } = await agent.pushRows('leads', rows);
    expect(merged.map((one) => shownValue(one, 'name'))).toEqual(['By Ann']);
    const before = await admin.pull('activities');
    const leads = await admin.pull('leads');
    await agent.pushRows('leads', rows);
    expect((await admin.pull('activities')).records).toEqual(before.records);
    // What lost changed nothing that anybody would have to pull.
    expect((await admin.pull('leads', leads.checkpoint)).records).toEqual([]);
    expect(before.records).toHaveLength(1);
  });

  it('finds none where people saw each other’s values (K4)', async () => {
    const { admin, agent } = await pair();
    for (let i = 1; i < 6; i++) {
      const [client, node] = i % 2 === 0 ? [admin, 'a'] : [agent, 'b'];
      const [seen = emptyRecord(KEY)] = (await client.pull('leads')).records;
      await client.push('leads', edit(seen, { name: `Edit ${i}`, state: `s${i}` }, at(i, node)));
    }
    expect(await conflictsOf(admin)).toEqual([]);
  });

  it('finds none in equal values, other fields, a machine’s losses or one laptop’s edits', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'Same', 'c/a': 1 }, at(1, 'a')));
    await agent.push('leads', edit(lead, { name: 'Same', 'c/b': 1 }, at(2, 'b')));
    await admin.push('leads', byMachine(KEY, { 'c/m': 1 }, at(3, 'a')));
    await agent.push('leads', byMachine(KEY, { 'c/m': 2 }, at(4, 'b')));
    const own = byPerson(KEY, { 'c/o': 1 }, at(5, 'a'));
    const next = byPerson(KEY, { 'c/o': 2 }, at(6, 'a'));
    for (const record of [own, next]) {
      await admin.pushRows('leads', [{ record, base: baseOf(record, undefined) }]);
    }
    expect(await conflictsOf(admin)).toEqual([]);
  });

  it('finds one in what goes by time alone, whoever brought it (M3) (K1)', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { assignee: 'ann' }, at(1, 'a')));
    await agent.push('leads', byMachine(KEY, { assignee: 'bob' }, at(2, 'b')));
    expect(await conflictsOf(admin)).toMatchObject([
      { field: 'assignee', lost: 'ann', kept: 'bob' },
    ]);
  });

  it('keeps what a deletion buries unseen, whichever comes first (K3)', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'Unseen' }, at(1, 'a')));
    await agent.push('leads', deleteRecord(lead, at(5, 'b'), byTimeAlone));
    const late = edit(lead, { 'c/x': 'Late' }, at(4, 'a'));
    await admin.pushRows('leads', [{ record: late, base: baseOf(late, lead) }]);
    const conflicts = await conflictsOf(agent);
    expect(conflicts.map(({ lost, kept, buried }) => [lost, kept, buried])).toEqual([
      ['Unseen', null, true],
      ['Late', null, true],
    ]);
    expect((await admin.pull('leads')).records).toEqual([
      { ...emptyRecord(KEY), died: at(5, 'b') },
    ]);
  });

  it('judges two states of one record in the order they came', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(2, 'a')));
    const states = [
      edit(lead, { name: 'First' }, at(1, 'b')),
      edit(lead, { name: 'Second' }, at(3, 'b')),
    ];
    const { merged } = await agent.pushRows(
      'leads',
      states.map((record) => ({ record, base: baseOf(record, lead) })),
    );
    expect(merged.map((one) => shownValue(one, 'name'))).toEqual(['Second']);
    const found = (await conflictsOf(admin)).map(({ lost, kept }) => [lost, kept]);
    expect(found).toEqual([
      ['First', 'By Ann'],
      ['By Ann', 'Second'],
    ]);
  });

  it('finds them in the workspace too, but not in what was refused', async () => {
    const { admin, agent } = await pair();
    const id = workspaceId('stage', 'new');
    await admin.push('workspace', byPerson(id, { name: 'A' }, at(1, 'a')));
    expect(
      (await agent.push('workspace', byPerson(id, { name: 'B' }, at(2, 'b')))).refused,
    ).toHaveLength(1);
    expect(await conflictsOf(admin)).toEqual([]);
    const record = byPerson(id, { name: 'C' }, at(3, 'c'));
    await admin.pushRows('workspace', [{ record, base: baseOf(record, undefined) }]);
    expect(await conflictsOf(admin)).toMatchObject([{ collection: 'workspace', record: id }]);
  });

  it('lets a conflict be resolved, for everybody, by an edit of its activity (K5)', async () => {
    const { admin, agent, lead } = await pair();
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(1, 'a')));
    await agent.push('leads', edit(lead, { name: 'By Bob' }, at(2, 'b')));
    const [activity = emptyRecord('')] = (await admin.pull('activities')).records;
    await admin.push('activities', edit(activity, { resolution: 'lost' }, at(3, 'a')));
    expect(await conflictsOf(agent)).toMatchObject([{ lost: 'By Ann', resolution: 'lost' }]);
  });

  it('tells of the conflict by the stream', async () => {
    const { admin, agent, lead } = await pair();
    const stream = await admin.stream();
    await stream.next();
    await admin.push('leads', edit(lead, { name: 'By Ann' }, at(1, 'a')));
    await agent.push('leads', edit(lead, { name: 'By Bob' }, at(2, 'b')));
    const told = [await stream.next(), await stream.next(), await stream.next()];
    expect(told.map(({ data }) => data)).toMatchObject([
      { collection: 'leads' },
      { collection: 'leads' },
      { collection: 'activities' },
    ]);
    await stream.close();
  });

  it('remembers nothing of imports, which have no conflicts', async () => {
    const { admin } = await pair();
    expect(await receivedOf(admin)).toEqual({});
  });

  it.each<[string, unknown]>([
    ['none', null],
    ['a bare text', 'base'],
    ['one without layers', { died: null }],
    ['one with a clock that is none', { person: { name: 'now' }, machine: {}, died: null }],
    ['one with more in it', { person: {}, machine: {}, died: null, more: 1 }],
  ])('refuses a row whose base is %s, by itself', async (_, base) => {
    const admin = await Client.ofNewTeam(address());
    const good = importedLead('491511', 'A');
    const bad = importedLead('491512', 'B');
    const { refused } = await admin.pushRows('leads', [
      { record: bad, base },
      admin.row('leads', good),
      { record: bad },
    ]);
    expect(refused).toMatchObject([
      { id: '491512', code: 'invalid' },
      { id: '491512', code: 'invalid' },
    ]);
    expect((await admin.pull('leads')).records).toEqual([good]);
  });

  it('refuses clocks too far beyond its own and those it took, by themselves (C5)', async () => {
    const admin = await Client.ofNewTeam(address());
    const start = Date.now();
    const ahead = (ms: number, id: string) =>
      importedLead(id, 'Ahead', formatClock(start + ms, 0, 'aaaaaaaaaa'));
    const near = MAX_CLOCK_DRIFT_MS - 60_000;
    const first = await admin.push('leads', ahead(2 * near + 120_000, '49151'), ahead(0, '49152'));
    expect(first.refused).toMatchObject([{ id: '49151', code: 'clock' }]);
    expect(first.clockLimit).toBeGreaterThanOrEqual(start + MAX_CLOCK_DRIFT_MS);
    // A deletion has a clock like any other.
    const death = { ...emptyRecord('49152'), died: formatClock(start + 1e9, 0, 'aaaaaaaaaa') };
    expect((await admin.push('leads', death)).refused).toMatchObject([{ code: 'clock' }]);

    // One that is taken moves the limit, for what builds on it must be taken too.
    const second = await admin.push('leads', ahead(near, '49153'));
    expect(second.refused).toEqual([]);
    expect(second.clockLimit).toBe(start + near + MAX_CLOCK_DRIFT_MS);
    expect((await admin.push('leads', ahead(2 * near, '49151'))).refused).toEqual([]);
    const [empty, other] = [await admin.pushRows('leads', []), await Client.ofNewTeam(address())];
    expect(empty.clockLimit).toBe(start + 2 * near + MAX_CLOCK_DRIFT_MS);
    expect((await other.push('leads', ahead(2 * near, '49151'))).refused).toHaveLength(1);
    const ids = (await admin.pull('leads')).records.map(({ id }) => id);
    expect(ids).toEqual(['49152', '49153', '49151']);
  });
}
