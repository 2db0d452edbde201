import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { FIELD } from '../../shared/lead/fields.ts';
import { formatClock } from '../../shared/record/clock.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState, shownValue } from '../../shared/record/record.ts';
import { gate } from './gate.ts';
import { LeadStore, type StoreOptions } from './lead-store.ts';
import { Laptops, leadsOf, until } from './test-laptop.ts';
import { type LaptopSide, TestServer } from './test-server.ts';

const laptops = new Laptops();
let imports = 0;

afterEach(() => laptops.closeAll());

const laptop = (options: Partial<StoreOptions> = {}) => laptops.open(options);

const phones = ['+5511900000001', '+5511900000002', '+5511900000003'];

/** Imports rows of name by phone key, as the import process would send them. */
async function importRows(
  store: LeadStore,
  rows: [key: string, name: string][],
  mode = 'fillBlanks',
) {
  const file = { importId: `i${imports++}`, fileName: 'a.csv', totalBytes: 1 };
  const session = await store.beginImport(file, mode as 'fillBlanks', []);
  await session.add({
    rows: rows.map(([key, name], i) => ({ line: i + 2, key, values: { name, phone: key } })),
    rejected: [{ line: 99, reason: 'broken' }],
    blank: 2,
    bytesRead: 1,
  });
  session.end(null, '');
  return session.progress;
}

describe('import into the store', () => {
  it('counts every row once, and the counts add up (L6)', async () => {
    const store = await laptop({ replicated: false });
    const [a = '', b = '', c = ''] = phones;
    const first = await importRows(store, [
      [a, 'Ana'],
      [b, ''],
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    expect(first.counts).toEqual({
      rows: 7,
      created: 2,
      merged: 1,
      unchanged: 1,
      skipped: 2,
      rejected: 1,
    });
    const again = await importRows(store, [
      [a, 'Other'],
      [c, 'Cai'],
    ]);
    expect(again.counts).toMatchObject({ rows: 5, created: 1, unchanged: 1 });
    expect(leadsOf(store).map(({ name }) => name)).toEqual(['Ana', 'Bea', 'Cai']);
    expect(first.state).toBe('done');
  });

  it('leaves a dropped file’s leads as they were when it is dropped again', async () => {
    const store = await laptop({ replicated: false });
    await importRows(
      store,
      phones.map((phone) => [phone, 'A']),
    );
    const before = leadsOf(store);
    const again = await importRows(
      store,
      phones.map((phone) => [phone, 'A']),
    );
    expect(again.counts).toMatchObject({ created: 0, merged: 0, unchanged: 3 });
    expect(leadsOf(store)).toEqual(before);
  });
});

describe('commands', () => {
  it('set a field as a person and move Updated At', async () => {
    const store = await laptop({ replicated: false });
    const [a = ''] = phones;
    await importRows(store, [[a, 'Ana']]);
    const before = leadsOf(store)[0];
    await store.apply({ kind: 'setField', key: a, field: FIELD.name, value: '  Ana M.\u0000 ' });
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Ana M.', createdAt: before?.createdAt });
    expect(leadsOf(store)[0]?.updatedAt).toBeGreaterThanOrEqual(before?.updatedAt ?? Infinity);
  });

  it('change nothing, not even Updated At, where the value is the same', async () => {
    const store = await laptop({ replicated: false });
    const [a = ''] = phones;
    await importRows(store, [[a, 'Ana']]);
    const before = leadsOf(store);
    await store.apply({ kind: 'setField', key: a, field: FIELD.name, value: 'Ana' });
    expect(leadsOf(store)).toEqual(before);
  });

  it('refuse what can not be set', async () => {
    const store = await laptop({ replicated: false });
    const [a = '', b = ''] = phones;
    await importRows(store, [[a, 'Ana']]);
    const apply = (key: string, field: string, value: string) =>
      store.apply({ kind: 'setField', key, field, value });
    await expect(apply(b, FIELD.name, 'x')).rejects.toThrow('no longer exists');
    await expect(apply(a, 'via/x', 'x')).rejects.toThrow('can not be edited');
    await expect(apply(a, FIELD.phone, 'x')).rejects.toThrow('can not be edited');
    await expect(apply(a, FIELD.state, 'x')).rejects.toThrow('stage');
  });
});

describe('paging and sorting', () => {
  it('serves the last page when the asked one is gone, and blanks last in both directions', async () => {
    const store = await laptop({ replicated: false });
    await importRows(store, [['x:1', ''], ...phones.map((p, i): [string, string] => [p, `N${i}`])]);
    const query = (direction: 'asc' | 'desc', page: number) =>
      store.query({ sort: [{ column: 'name', direction }], page, pageSize: 3 });
    expect(query('asc', 0).rows.map(({ name }) => name)).toEqual(['N0', 'N1', 'N2']);
    expect(query('desc', 9)).toMatchObject({ page: 1, total: 4, needsPhone: 1 });
    expect(query('desc', 9).rows.map(({ key }) => key)).toEqual(['x:1']);
  });
});

describe('node ids', () => {
  it('stay with a store and change when the data directory was copied (C3)', async () => {
    const nodeOf = async (installation: string) => {
      const store = await laptop({ store: 'node-test', replicated: false, installation });
      await importRows(store, [[`x:${imports++}`, 'A']]);
      await laptops.close(store);
      return store.node;
    };
    const node = await nodeOf('here');
    expect(await nodeOf('here')).toBe(node);
    expect(await nodeOf('a copy')).not.toBe(node);
  });
});

describe('replication', () => {
  const [a = '', b = ''] = phones;

  it('brings an import and an edit of one laptop to another', async () => {
    const server = new TestServer();
    const one = await laptop();
    const two = await laptop();
    await one.startSync(server.client());
    await two.startSync(server.client());
    await importRows(one, [
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    await until(() => leadsOf(two).length === 2);
    await two.apply({ kind: 'setField', key: a, field: FIELD.name, value: 'Ana M.' });
    await until(() => leadsOf(one)[0]?.name === 'Ana M.');
    await until(() => one.syncStatus.state === 'synced' && two.syncStatus.state === 'synced');
    expect(leadsOf(one)).toEqual(leadsOf(two));
  });

  it('merges two laptops that imported the same people offline into the same leads (M1)', async () => {
    const server = new TestServer();
    const one = await laptop();
    const two = await laptop();
    await importRows(one, [[a, 'Ana']]);
    await importRows(two, [
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    await one.apply({ kind: 'setField', key: a, field: 'c/city', value: 'Recife' });
    await two.apply({ kind: 'setField', key: a, field: FIELD.assignee, value: 'm2' });
    await one.startSync(server.client());
    await two.startSync(server.client());
    await until(() => leadsOf(one).length === 2 && leadsOf(two)[0]?.custom['c/city'] === 'Recife');
    await until(() => leadsOf(one)[0]?.assignee === 'm2');
    expect(leadsOf(one)).toEqual(leadsOf(two));
    expect(leadsOf(one)[0]).toMatchObject({ assignee: 'm2', custom: { 'c/city': 'Recife' } });
  });

  it('waits offline, says how many records wait, also after a restart, and sends them (S6)', async () => {
    const server = new TestServer();
    const client = server.client();
    client.setConnection({ state: 'offline', detail: 'no network' });
    const one = await laptop({ store: 'offline-test' });
    await one.startSync(client);
    await importRows(one, [
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    expect(one.syncStatus).toMatchObject({ state: 'offline', waiting: 2 });
    await laptops.close(one);

    const restarted = await laptop({ store: 'offline-test' });
    const later = server.client();
    later.setConnection({ state: 'offline', detail: 'no network' });
    await restarted.startSync(later);
    expect(restarted.syncStatus).toMatchObject({ state: 'offline', waiting: 2 });
    later.setConnection({ state: 'online' });
    await until(() => restarted.syncStatus.state === 'synced');
    expect(server.record('leads', a)).toBeDefined();
    expect(server.record('leads', b)).toBeDefined();
  });

  it('keeps both edits when a pull was under way while a local edit was pushed (S4)', async () => {
    const server = new TestServer();
    const one = await laptop();
    await importRows(one, [[a, 'Ana']]);
    const pullReached = gate();
    const pageSent = gate();
    const acknowledged = gate();
    let disturbed = false;
    const client = server.client({
      pull: async (collection, since, limit, history) => {
        if (collection === 'leads' && disturbed && !pullReached.isOpen) {
          pullReached.open();
          await pageSent.opened;
        }
        return server.pull(collection, since, limit, history);
      },
      push: async (collection, rows) => {
        const answer = server.push(collection, rows);
        if (disturbed) await acknowledged.opened;
        return answer;
      },
    });
    await one.startSync(client);
    await until(() => one.syncStatus.state === 'synced');

    // The page holds both edits, and reaches the laptop before its own push is acknowledged.
    disturbed = true;
    const refreshed = one.refresh();
    await pullReached.opened;
    await one.apply({ kind: 'setField', key: a, field: FIELD.name, value: 'Mine' });
    await until(() => shownValue(recordOf(server, a), 'name') === 'Mine');
    server.merge('leads', [edited(recordOf(server, a), 'c/city', 'Theirs')]);
    pageSent.open();
    await new Promise((done) => setTimeout(done, 100));
    acknowledged.open();
    await refreshed;
    await until(() => one.syncStatus.state === 'synced');
    expect(leadsOf(one)[0]).toMatchObject({ name: 'Mine', custom: { 'c/city': 'Theirs' } });
  });

  it('loses nothing when an acknowledgement is lost and another edit follows (S9)', async () => {
    const server = new TestServer();
    const one = await laptop();
    await importRows(one, [[a, 'Ana']]);
    let lost = 0;
    const side: Partial<LaptopSide> = {
      push: async (collection, rows) => {
        const answer = server.push(collection, rows);
        if (collection === 'leads' && lost++ === 0) throw new Error('connection reset');
        return answer;
      },
    };
    await one.startSync(server.client(side));
    await until(() => lost === 1);
    server.merge('leads', [edited(recordOf(server, a), 'c/city', 'Theirs')]);
    await one.apply({ kind: 'setField', key: a, field: FIELD.name, value: 'Mine' });
    await until(() => shownValue(recordOf(server, a), 'name') === 'Mine');
    await until(() => leadsOf(one)[0]?.custom['c/city'] === 'Theirs');
    await until(() => one.syncStatus.state === 'synced');
    expect(leadsOf(one)[0]).toMatchObject({ name: 'Mine', custom: { 'c/city': 'Theirs' } });
  });

  it('goes on past a record that the server refuses, and says so (S1, S5)', async () => {
    const server = new TestServer();
    const one = await laptop();
    await importRows(one, [
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    const client = server.client({
      push: async (collection, rows) => {
        const bad = rows.filter(({ record }) => record.id === a);
        const good = rows.filter(({ record }) => record.id !== a);
        const refused = bad.map(({ record: { id } }) => ({
          id,
          code: 'invalid' as const,
          message: 'Too odd.',
        }));
        return { ...server.push(collection, good), refused };
      },
    });
    await one.startSync(client);
    await until(() => one.syncStatus.state === 'problem');
    expect(one.syncStatus).toMatchObject({ detail: expect.stringContaining('Too odd.') });
    expect(server.record('leads', b)).toBeDefined();
    expect(leadsOf(one)).toHaveLength(2);
  });

  it('stops at an expired session and leaves local work alone (S6)', async () => {
    const server = new TestServer();
    const client = server.client();
    const one = await laptop();
    await one.startSync(client);
    await until(() => one.syncStatus.state === 'synced');
    client.setConnection({ state: 'signed-out', detail: 'expired' });
    await importRows(one, [[a, 'Ana']]);
    expect(one.syncStatus).toMatchObject({ state: 'signed-out', waiting: 1 });
    expect(leadsOf(one)).toHaveLength(1);
    client.setConnection({ state: 'online' });
    await until(() => server.record('leads', a) !== undefined);
  });
});

describe('joining a team after working alone', () => {
  it('merges leads and fields of the store made alone, once however often it is repeated (S7)', async () => {
    const alone = await laptop({ store: 'alone-test', replicated: false });
    const [a = '', b = ''] = phones;
    await importRows(alone, [
      [a, 'Ana'],
      [b, 'Bea'],
    ]);
    await laptops.close(alone);
    const team = await laptop();
    await importRows(team, [[a, 'Ana from the team']]);
    expect(await LeadStore.count('alone-test', laptops.storage)).toBe(2);
    expect(await team.adopt('alone-test', laptops.storage)).toBe(2);
    const adopted = leadsOf(team);
    expect(adopted.map(({ key }) => key).sort()).toEqual([a, b]);
    await team.adopt('alone-test', laptops.storage);
    expect(leadsOf(team)).toEqual(adopted);
  });
});

function recordOf(server: TestServer, id: string): RecordState {
  return server.record('leads', id) ?? emptyRecord(id);
}

/** A person's edit on another laptop, later than everything so far. */
function edited(record: RecordState, field: string, value: string): RecordState {
  const clock = formatClock(Date.now() + 60_000, 0, 'otherlapto');
  return setFields(record, { [field]: value }, clock, 'person', byTimeAloneIn('leads'));
}
