import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryRecord } from '../../shared/record/arbitraries.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import {
  canonicalRecord,
  deleteRecord,
  mergeRecords,
  recordsEqual,
} from '../../shared/record/merge.ts';
import {
  emptyRecord,
  MAX_FIELDS,
  type RecordState,
  shownValue,
} from '../../shared/record/record.ts';
import { MAX_RECORD_TEXT } from '../sync/rows.ts';
import { Client } from '../testing/client.ts';
import { at, byMachine, byPerson, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

const KEY = '4915112345678';
const byTimeAlone = byTimeAloneIn('leads');
const merge = (...states: RecordState[]) =>
  states.reduce((a, b) => mergeRecords(a, b, byTimeAlone), emptyRecord(states[0]?.id ?? ''));

/** What becomes of records on their way from laptop to laptop. */
export function syncContract({ address, database }: Subject): void {
  const newTeam = () => Client.ofNewTeam(address());
  const seqOf = async ({ session }: Client) => {
    const sql = 'SELECT seq FROM teams WHERE id = $1';
    return (await database().query<{ seq: number }>(sql, [session.team.id]))[0]?.seq;
  };

  it('gives back what it was given', async () => {
    const admin = await newTeam();
    const lead = merge(
      importedLead(KEY, 'Zoë "Z" 👩‍🚀'),
      byPerson(
        KEY,
        {
          'c/empty': null,
          'c/number': -1.5e-7,
          'c/huge': 1.7976931348623157e308,
          'c/nested': { b: [1, { a: '\u2028' }], a: '', constructor: true },
        },
        at(5),
      ),
    );
    expect(await admin.push('leads', lead)).toMatchObject({ merged: [], refused: [] });
    const { records, checkpoint, serverTime } = await admin.pull('leads');
    expect(records).toEqual([lead]);
    expect(records[0] && canonicalRecord(records[0], byTimeAlone)).toEqual(lead);
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(5000);
    expect(await admin.pull('leads', checkpoint)).toMatchObject({ records: [], checkpoint });
  });

  it('merges field by field, and answers with what differs from what was sent', async () => {
    const admin = await newTeam();
    const agent = await admin.colleague();
    const [a, b] = [byPerson(KEY, { name: 'Ann' }, at(1)), byPerson(KEY, { 'c/x': 1 }, at(2))];
    await admin.push('leads', a);
    const { merged } = await agent.push('leads', b);
    expect(merged).toEqual([merge(a, b)]);
    expect((await admin.pull('leads')).records).toEqual(merged);
  });

  it('lets a person win over a machine, and time alone decide on the state', async () => {
    const admin = await newTeam();
    const won = { stage: 'won', status: 'closed' };
    await admin.push('leads', byPerson(KEY, { name: 'By hand', state: won }, at(1)));
    const lost = { stage: 'lost', status: 'closed' };
    await admin.push('leads', byMachine(KEY, { name: 'Imported', state: lost }, at(2)));
    const [lead] = (await admin.pull('leads')).records;
    expect(lead && shownValue(lead, 'name')).toBe('By hand');
    expect(lead && shownValue(lead, 'state')).toEqual(lost);
  });

  it('does the same when the same comes again', async () => {
    const admin = await newTeam();
    const first = byPerson(KEY, { name: 'Ann' }, at(1));
    const second = byPerson(KEY, { name: 'Anna' }, at(2));
    await admin.push('leads', first);
    await admin.push('leads', second);
    const before = await admin.pull('leads');
    const seq = await seqOf(admin);
    expect((await admin.push('leads', second)).merged).toEqual([]);
    expect((await admin.push('leads', first)).merged).toEqual([second]);
    expect(await admin.pull('leads')).toMatchObject({ ...before, serverTime: expect.anything() });
    expect(await seqOf(admin)).toBe(seq);
  });

  it('merges a record that comes twice in one push', async () => {
    const admin = await newTeam();
    const [a, b] = [byPerson(KEY, { name: 'Ann' }, at(1)), byPerson(KEY, { 'c/x': 1 }, at(2))];
    const { merged } = await admin.push('leads', a, b, a);
    expect(merged).toEqual([merge(a, b)]);
    expect((await admin.pull('leads')).records).toEqual([merge(a, b)]);
  });

  it('keeps a deleted record deleted, until something new brings it in (D2, D4)', async () => {
    const admin = await newTeam();
    const lead = importedLead(KEY, 'Lea', at(1));
    await admin.push('leads', lead);
    const deleted = deleteRecord(lead, at(5), byTimeAlone);
    expect((await admin.push('leads', deleted)).merged).toEqual([]);
    const late = byPerson(KEY, { name: 'Late' }, at(4));
    expect((await admin.push('leads', late)).merged).toEqual([deleted]);
    expect((await admin.pull('leads')).records).toEqual([deleted]);
    const again = importedLead(KEY, 'Again', at(6));
    const { merged } = await admin.push('leads', again);
    expect(merged).toEqual([{ ...again, died: at(5) }]);
  });

  it('keeps no record of nothing', async () => {
    const admin = await newTeam();
    expect(await admin.push('leads', emptyRecord(KEY))).toMatchObject({ merged: [], refused: [] });
    expect((await admin.pull('leads')).records).toEqual([]);
  });

  it('answers in canonical form what was sent in another', async () => {
    const admin = await newTeam();
    const odd: RecordState = {
      id: KEY,
      person: { values: { state: 'a' }, clock: { state: at(1) } },
      machine: { values: { state: 'b', name: 'N' }, clock: { '*': at(2), name: at(2) } },
    };
    const canonical = byMachine(KEY, { name: 'N', state: 'b' }, at(2));
    expect((await admin.push('leads', odd)).merged).toEqual([canonical]);
  });

  const clock = { '*': at(1) };
  const withPerson = (person: unknown) => ({ id: KEY, person, machine: { values: {}, clock: {} } });
  const withValue = (value: unknown) => withPerson({ values: { 'c/x': value }, clock });
  it.each<[string, unknown, string]>([
    ['null', null, ''],
    ['a number', 7, ''],
    ['no id', { ...emptyRecord(''), id: undefined }, ''],
    ['an empty id', emptyRecord(''), ''],
    ['an id that is too long', emptyRecord('4'.repeat(101)), '4'.repeat(101)],
    ['no layers', { id: KEY }, KEY],
    ['a field too many', { ...importedLead(KEY, 'N'), _rev: 1 }, KEY],
    ['a malformed clock', byPerson(KEY, { name: 'N' }, 'yesterday'), KEY],
    ['a field without a clock', withPerson({ values: { name: 'N' }, clock: {} }), KEY],
    ['a clock without a field', withPerson({ values: {}, clock: { name: at(1) } }), KEY],
    ['a field that is none', withPerson({ values: { '*': 1 }, clock }), KEY],
    ['NUL', withValue('a\u0000'), KEY],
    ['half a surrogate pair', withValue({ a: ['\ud800'] }), KEY],
    ['NUL in a key', withValue({ 'a\u0000': 1 }), KEY],
    ['NUL in the id', byPerson('49\u0000', { name: 'N' }, at(1)), '49\u0000'],
    ['too much text', withValue('x'.repeat(MAX_RECORD_TEXT)), KEY],
    [
      'too many fields',
      byPerson(
        KEY,
        Object.fromEntries(Array.from({ length: MAX_FIELDS + 1 }, (_, i) => [`c/${i}`, i])),
        at(1),
      ),
      KEY,
    ],
  ])('refuses a record of %s by itself', async (_, bad, id) => {
    const admin = await newTeam();
    const good = [importedLead('491511', 'A'), importedLead('491512', 'B')];
    const { merged, refused } = await admin.push('leads', good[0], bad, good[1]);
    expect(refused).toEqual([{ id, code: 'invalid', message: expect.stringMatching(/./) }]);
    expect(merged).toEqual([]);
    expect((await admin.pull('leads')).records).toEqual(good);
  });

  it.each([
    ['nesting without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['a prototype', '{"__proto__":{"a":1}}'],
    ['numbers beyond numbers', '1e999'],
  ])('refuses %s by itself', async (_, value) => {
    const admin = await newTeam();
    const bad = JSON.stringify(withValue('HERE')).replace('"HERE"', value);
    const good = importedLead('491511', 'A');
    const base = '{"person":{},"machine":{},"died":null}';
    const body = `{"rows":[{"record":${bad},"base":${base}},{"record":${JSON.stringify(good)},"base":${base}}]}`;
    const answer = await admin.request('POST', '/v1/sync/leads/push', { body });
    expect(answer).toMatchObject({
      status: 200,
      body: { refused: [{ id: KEY, code: 'invalid' }] },
    });
    expect((await admin.pull('leads')).records).toEqual([good]);
  });

  it('refuses what would make a record that nobody can read', async () => {
    const admin = await newTeam();
    const fields = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`c/${prefix}${i}`, i]));
    const first = byPerson(KEY, fields('a'), at(1));
    await admin.push('leads', first);
    const { refused } = await admin.push('leads', byPerson(KEY, fields('b'), at(2)));
    expect(refused).toMatchObject([{ id: KEY, code: 'invalid' }]);
    expect((await admin.pull('leads')).records).toHaveLength(1);
  });

  it('shows no team another one’s records', async () => {
    const [ours, theirs] = [await newTeam(), await newTeam()];
    await ours.push('leads', importedLead(KEY, 'Ours'));
    expect((await theirs.pull('leads')).records).toEqual([]);
    const lead = importedLead(KEY, 'Theirs', at(9));
    expect((await theirs.push('leads', lead)).merged).toEqual([]);
    const [kept] = (await ours.pull('leads')).records;
    expect(kept && shownValue(kept, 'name')).toBe('Ours');
    expect(await theirs.pullKind('member')).toHaveLength(1);
  });

  it('pages through changes in order, a record once, where it changed last (S2)', async () => {
    const admin = await newTeam();
    const leads = Array.from({ length: 7 }, (_, i) => importedLead(`4915${i}`, `Lead ${i}`));
    await admin.push('leads', ...leads);
    await admin.push('leads', byPerson('49152', { name: 'Changed' }, at(5)));
    const seen: string[] = [];
    for (let since = 0; ; ) {
      const { records, checkpoint } = await admin.pull('leads', since, 3);
      seen.push(...records.map(({ id }) => id));
      expect(checkpoint).toBeGreaterThan(since);
      since = checkpoint;
      if (records.length < 3) break;
    }
    expect(seen).toEqual(['49150', '49151', '49153', '49154', '49155', '49156', '49152']);
  });

  it('keeps collections apart', async () => {
    const admin = await newTeam();
    await admin.push('leads', byPerson('same', { name: 'Lead' }, at(1)));
    await admin.push('activities', byPerson('same', { kind: 'call' }, at(1)));
    expect((await admin.pull('leads')).records).toHaveLength(1);
    expect((await admin.pull('activities')).records[0]?.person.values).toEqual({ kind: 'call' });
  });

  it('ends in the same state whatever comes in which order, in which pieces', async () => {
    const admin = await newTeam();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRecord, { minLength: 1, maxLength: 12 }), async (made) => {
        const id = `lead-${++runs}`;
        const states = made.map((state) => ({ ...state, id }));
        const expected = merge(...states);
        for (let i = 0; i < states.length; i += 3) {
          await admin.push('leads', ...states.slice(i, i + 3));
        }
        const { merged } = await admin.push('leads', emptyRecord(id));
        expect(merged).toEqual(recordsEqual(expected, emptyRecord(id)) ? [] : [expected]);
      }),
      { numRuns: 25 },
    );
  });
}
