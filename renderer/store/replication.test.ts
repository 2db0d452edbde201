import 'fake-indexeddb/auto';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../shared/ipc/rpc.ts';
import { FIELD } from '../../shared/lead/fields.ts';
import { clockMs, MAX_CLOCK_DRIFT_MS } from '../../shared/record/clock.ts';
import { emptyRecord, greatestClock, layerClock, shownValue } from '../../shared/record/record.ts';
import { gate } from './gate.ts';
import { databaseNamesOf, deleteStore, type LeadStore } from './lead-store.ts';
import { editedElsewhere, importNames, Laptops, leadsOf, until } from './test-laptop.ts';
import { type LaptopSide, TestServer } from './test-server.ts';

const A = '+5511912345678';
const B = '+5521987654321';
const C = '+5531998765432';
const HOUR = 3_600_000;
const RETRY_MS = 20;

const storages = [
  ['in memory', getRxStorageMemory()],
  ['on Dexie', getRxStorageDexie()],
] as const;

describe.each(storages)('replication %s', (_, storage) => {
  const laptops = new Laptops(storage);
  afterEach(() => laptops.closeAll());

  const setField = (store: LeadStore, field: string, value: string, key = A) =>
    store.apply({ kind: 'setField', key, field, value });
  const setName = (store: LeadStore, value: string, key = A) =>
    setField(store, FIELD.name, value, key);
  const recordOf = (server: TestServer, id = A) => server.record('leads', id) ?? emptyRecord(id);
  const nameAt = (server: TestServer, id = A) => shownValue(recordOf(server, id), FIELD.name);
  const synced = (...stores: LeadStore[]) =>
    until(() => stores.every(({ syncStatus }) => syncStatus.state === 'synced'));

  async function syncedLaptop(server: TestServer, side: Partial<LaptopSide> = {}) {
    const store = await laptops.open();
    await importNames(store, [[A, 'Ana']]);
    await store.startSync(server.client(side), RETRY_MS);
    await synced(store);
    return store;
  }

  it('takes in what a skipped page held, while an edit waited to be sent (S4)', async () => {
    const server = new TestServer();
    const held = gate();
    let hold = false;
    const store = await syncedLaptop(server, {
      push: async (collection, rows) => {
        if (hold && collection === 'leads') await held.opened;
        return server.push(collection, rows);
      },
    });
    hold = true;
    await setName(store, 'Mine');
    server.merge('leads', [editedElsewhere(recordOf(server), 'c/city', 'Theirs')]);
    void store.refresh();
    await new Promise((done) => setTimeout(done, 50));
    held.open();
    await until(() => leadsOf(store)[0]?.custom['c/city'] === 'Theirs');
    await synced(store);
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Mine', custom: { 'c/city': 'Theirs' } });
    expect(nameAt(server)).toBe('Mine');
    expect(server.conflicts).toEqual([]);
  });

  it('keeps a second edit made while the first is under way, without a conflict (S8)', async () => {
    const server = new TestServer();
    const reached = gate();
    const held = gate();
    let hold = false;
    const store = await syncedLaptop(server, {
      push: async (collection, rows) => {
        const answer = server.push(collection, rows);
        if (!hold || collection !== 'leads') return answer;
        reached.open();
        await held.opened;
        return answer;
      },
    });
    hold = true;
    await setName(store, 'First');
    await reached.opened;
    await setName(store, 'Second');
    await setField(store, 'c/city', 'Recife');
    hold = false;
    held.open();
    await until(() => nameAt(server) === 'Second');
    await synced(store);
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Second', custom: { 'c/city': 'Recife' } });
    expect(server.conflicts).toEqual([]);
  });

  it('sends as base what it took for the server’s (S8)', async () => {
    const server = new TestServer();
    const sent: unknown[] = [];
    const store = await syncedLaptop(server, {
      push: async (collection, rows) => {
        if (collection === 'leads') sent.push(...rows.map(({ base }) => base));
        return server.push(collection, rows);
      },
    });
    const before = layerClock(recordOf(server).machine, FIELD.name);
    expect(sent.at(-1)).toMatchObject({ person: {}, machine: { name: null }, died: null });
    await setName(store, 'First');
    await until(() => nameAt(server) === 'First');
    expect(sent.at(-1)).toEqual({ person: { name: null }, machine: {}, died: null });
    const first = layerClock(recordOf(server).person, FIELD.name);
    await synced(store);
    await setName(store, 'Second');
    await until(() => nameAt(server) === 'Second');
    expect(sent.at(-1)).toEqual({ person: { name: first }, machine: {}, died: null });
    expect(before).toBeDefined();
  });

  it('makes no conflict of a lost acknowledgement with another edit after it (S9)', async () => {
    const server = new TestServer();
    let lose = false;
    const store = await syncedLaptop(server, {
      push: async (collection, rows) => {
        const answer = server.push(collection, rows);
        if (lose && collection === 'leads') {
          lose = false;
          throw new RemoteError('offline', 'connection reset');
        }
        return answer;
      },
    });
    lose = true;
    await setName(store, 'First');
    await until(() => !lose);
    server.merge('leads', [editedElsewhere(recordOf(server), 'c/city', 'Theirs')]);
    await setName(store, 'Second');
    await until(() => nameAt(server) === 'Second');
    await until(() => leadsOf(store)[0]?.custom['c/city'] === 'Theirs');
    await synced(store);
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Second', custom: { 'c/city': 'Theirs' } });
    expect(server.conflicts).toEqual([]);
  });

  it('tells two people who edited unseen by each other, on both laptops (K1, K5)', async () => {
    const server = new TestServer();
    const one = await syncedLaptop(server);
    const two = await laptops.open();
    const connection = server.client();
    await two.startSync(connection, RETRY_MS);
    await until(() => leadsOf(two).length === 1);
    connection.setConnection({ state: 'offline', detail: '' });
    await setName(two, 'Two');
    await setName(one, 'One');
    await until(() => nameAt(server) === 'One');
    connection.setConnection({ state: 'online' });
    const counts = (store: LeadStore) =>
      store.query({ sort: [], page: 0, pageSize: 10 }).openConflicts;
    await until(() => counts(one)[A] === 1 && counts(two)[A] === 1);
    await synced(one, two);
    const [conflict] = (await one.lead(A))?.conflicts ?? [];
    expect([conflict?.lost, conflict?.kept].sort()).toEqual(['One', 'Two']);

    await one.apply({ kind: 'resolveConflict', id: conflict?.id ?? '', take: 'lost' });
    await until(() => counts(two)[A] === undefined);
    await until(() => leadsOf(two)[0]?.name === conflict?.lost);
    expect((await two.lead(A))?.conflicts).toMatchObject([{ resolution: 'lost' }]);
    expect(server.conflicts).toHaveLength(1);
    await one.undo();
    await until(() => counts(two)[A] === 1 && leadsOf(two)[0]?.name === conflict?.kept);
  });

  it('goes on when one row of many batches is bad, and sends it when it is changed (S1, S5)', async () => {
    const server = new TestServer();
    let isBad = true;
    const client = server.client({
      push: async (collection, rows) => {
        const bad = rows.filter(({ record }) => isBad && record.id === A);
        const refused = bad.map(({ record: { id } }) => ({
          id,
          code: 'invalid' as const,
          message: 'Too odd.',
        }));
        return {
          ...server.push(
            collection,
            rows.filter((row) => !bad.includes(row)),
          ),
          refused,
        };
      },
    });
    const store = await laptops.open();
    const many = Array.from({ length: 600 }, (_, i): [string, string] => [`x:${i}`, `N${i}`]);
    await importNames(store, [...many.slice(0, 300), [A, 'Ana'], ...many.slice(300)]);
    await store.startSync(client, RETRY_MS);
    await until(() => server.records.size === 600, 20_000);
    await until(() => store.syncStatus.state === 'problem');
    expect(store.syncStatus).toMatchObject({ detail: expect.stringContaining('Too odd.') });
    isBad = false;
    await setName(store, 'Better');
    await until(() => nameAt(server) === 'Better');
    await synced(store);
  }, 30_000);

  it('keeps what was refused when others change the record (S5)', async () => {
    const server = new TestServer();
    let refuse = false;
    const store = await syncedLaptop(server, {
      push: async (collection, rows) => {
        if (!refuse || collection !== 'leads') return server.push(collection, rows);
        const refused = rows.map(({ record: { id } }) => ({
          id,
          code: 'forbidden' as const,
          message: 'Ask an admin.',
        }));
        return { ...server.push(collection, []), refused };
      },
    });
    refuse = true;
    await setName(store, 'Mine');
    await until(() => store.syncStatus.state === 'problem');
    server.merge('leads', [editedElsewhere(recordOf(server), 'c/city', 'Theirs')]);
    await until(() => leadsOf(store)[0]?.custom['c/city'] === 'Theirs');
    expect(leadsOf(store)[0]?.name).toBe('Mine');
    refuse = false;
    await setField(store, 'c/notes', 'changed');
    await until(() => nameAt(server) === 'Mine');
  });

  it('tries again what the server did not understand or answer (S6)', async () => {
    const server = new TestServer();
    let failures = 0;
    const store = await laptops.open();
    await importNames(store, [[A, 'Ana']]);
    await store.startSync(
      server.client({
        push: async (collection, rows) => {
          if (collection === 'leads' && failures++ < 3)
            throw new RemoteError('unavailable', 'Busy.');
          return server.push(collection, rows);
        },
      }),
      RETRY_MS,
    );
    await until(() => nameAt(server) === 'Ana');
    await synced(store);
    expect(failures).toBeGreaterThan(3);
  });

  describe('a laptop whose time is ahead', () => {
    /** The server's time is an hour behind this machine's, so that all written here is ahead. */
    function serverBehind() {
      const server = new TestServer();
      server.now = () => Date.now() - HOUR;
      return server;
    }

    it('stamps what was refused again, in order, and loses nothing (C4, C6)', async () => {
      const server = serverBehind();
      const store = await laptops.open();
      await importNames(store, [
        [A, 'Ana'],
        [B, 'Bea'],
      ]);
      await setName(store, 'First');
      await setField(store, 'c/city', 'Recife');
      const [before, beforeB] = [await store.record(A), await store.record(B)];
      await store.startSync(server.client(), RETRY_MS);
      await until(() => nameAt(server) === 'First' && nameAt(server, B) === 'Bea');
      await synced(store);
      const after = recordOf(server);
      expect(clockMs(greatestClock(after) ?? '')).toBeLessThan(server.now() + MAX_CLOCK_DRIFT_MS);
      expect(await store.record(A)).toEqual(after);
      const name = layerClock(after.person, 'name') ?? '';
      expect(layerClock(after.person, 'c/city') ?? '').toMatch(/./);
      expect(name < (layerClock(after.person, 'c/city') ?? '')).toBe(true);
      expect(layerClock(after.machine, 'name')).toBe(
        layerClock(recordOf(server, B).machine, 'name'),
      );
      expect(layerClock(before?.machine ?? { values: {}, clock: {} }, 'name')).toBe(
        layerClock(beforeB?.machine ?? { values: {}, clock: {} }, 'name'),
      );
      expect(server.conflicts).toEqual([]);
      await store.undo();
      await store.undo();
      expect(leadsOf(store)[0]).toMatchObject({ name: 'Ana', custom: {} });
    });

    it('brings an import of many batches through, and goes on in the right time (C6)', async () => {
      const server = serverBehind();
      const store = await laptops.open();
      const many = Array.from({ length: 600 }, (_, i): [string, string] => [`x:${i}`, `N${i}`]);
      await importNames(store, [...many, [A, 'Ana']]);
      await store.startSync(server.client(), RETRY_MS);
      await until(() => server.records.size === 601, 20_000);
      await synced(store);
      await setName(store, 'Later');
      await until(() => nameAt(server) === 'Later');
      expect(clockMs(greatestClock(recordOf(server)) ?? '')).toBeLessThan(
        server.now() + MAX_CLOCK_DRIFT_MS,
      );
      expect(server.conflicts).toEqual([]);
    }, 30_000);

    it('sends the other rows of the batch unchanged, without a conflict (C6)', async () => {
      const server = new TestServer();
      const store = await syncedLaptop(server);
      const good = server.client();
      good.setConnection({ state: 'offline', detail: '' });
      await store.startSync(good, RETRY_MS);
      await importNames(store, [[B, 'Bea']]);
      await setName(store, 'Ana M.');
      const kept = await store.record(A);
      // Only B is ahead of what the server takes.
      const refuseOnce = new Set([B]);
      const client = server.client({
        push: async (collection, rows) => {
          const bad = rows.filter(({ record }) => refuseOnce.delete(record.id));
          const answer = server.push(
            collection,
            rows.filter((row) => !bad.includes(row)),
          );
          if (bad.length === 0) return answer;
          const greatest = greatestClock(bad[0]?.record ?? emptyRecord(B)) ?? '';
          const refused = bad.map(({ record: { id } }) => ({
            id,
            code: 'clock' as const,
            message: 'Ahead.',
          }));
          // As if the laptop's time had been corrected since.
          await new Promise((done) => setTimeout(done, 20));
          return { ...answer, refused, clockLimit: clockMs(greatest) - 1 };
        },
      });
      await store.startSync(client, RETRY_MS);
      await until(
        () => store.syncStatus.state === 'synced' || store.syncStatus.state === 'problem',
      );
      expect(recordOf(server)).toEqual(kept);
      expect(server.conflicts).toEqual([]);
      expect(leadsOf(store).map(({ name }) => name)).toEqual(['Ana M.', 'Bea']);
    });
  });

  it('starts anew when the server was restored, and nothing is lost (S10)', async () => {
    const server = new TestServer();
    const store = await syncedLaptop(server);
    const other = await laptops.open();
    await other.startSync(server.client(), RETRY_MS);
    await synced(store, other);
    const restore = server.backup();
    await setName(store, 'After the backup');
    await importNames(store, [[B, 'Bea']]);
    await until(() => leadsOf(other).length === 2 && leadsOf(other)[0]?.name !== 'Ana');
    await synced(store, other);
    await setField(other, 'c/city', 'Recife');
    await until(() => leadsOf(store)[0]?.custom['c/city'] === 'Recife');
    await synced(store, other);
    restore();
    server.merge('leads', [editedElsewhere(emptyRecord(C), FIELD.name, 'New there')]);
    await store.refresh();
    await other.refresh();
    await until(() => nameAt(server, B) === 'Bea' && nameAt(server) === 'After the backup');
    await synced(store, other);
    expect(shownValue(recordOf(server), 'c/city')).toBe('Recife');
    expect(await store.record(C)).toEqual(recordOf(server, C));
    expect(leadsOf(store)).toEqual(leadsOf(other));
    expect(server.conflicts).toEqual([]);
    await setName(store, 'Later');
    await until(() => leadsOf(other).some(({ name }) => name === 'Later'));
  });

  it('still finds a true conflict after the server was restored (K1, S10)', async () => {
    const server = new TestServer();
    const side = server.client();
    const store = await syncedLaptop(server);
    const restore = server.backup();
    await setField(store, 'c/city', 'Recife');
    await synced(store);
    await store.startSync(side, RETRY_MS);
    await synced(store);
    side.setConnection({ state: 'offline', detail: '' });
    await setName(store, 'Mine');
    restore();
    server.merge('leads', [editedElsewhere(recordOf(server), FIELD.name, 'Theirs')]);
    side.setConnection({ state: 'online' });
    await until(() => server.conflicts.length > 0);
    await synced(store);
    expect(server.conflicts).toMatchObject([{ field: 'name', lost: { value: 'Mine' } }]);
    await until(() => shownValue(recordOf(server), 'c/city') === 'Recife');
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Theirs', custom: { 'c/city': 'Recife' } });
  });

  it('says what to do when it is too old, and does not hang when asked to sync (S11)', async () => {
    const server = new TestServer();
    const client = server.client();
    client.setConnection({ state: 'outdated', detail: 'Update Satchel.' });
    const store = await laptops.open();
    await store.startSync(client, RETRY_MS);
    await importNames(store, [[A, 'Ana']]);
    expect(store.syncStatus).toEqual({ state: 'outdated', detail: 'Update Satchel.', waiting: 1 });
    await store.refresh();
    client.setConnection({ state: 'online' });
    await synced(store);
  });

  it('deletes a store with all that belongs to it, and counts what was not sent (S12)', async () => {
    const server = new TestServer();
    const store = await syncedLaptop(server);
    const client = server.client();
    client.setConnection({ state: 'revoked', detail: 'Revoked.' });
    await store.startSync(client, RETRY_MS);
    await setName(store, 'Not sent');
    expect(store.syncStatus).toMatchObject({ state: 'revoked', waiting: 1 });
    expect(store.waiting).toBe(1);
    const { name } = store;
    if (_ === 'on Dexie') {
      const known = (await indexedDB.databases()).map((database) => database.name);
      for (const expected of databaseNamesOf(name)) expect(known).toContain(expected);
    }
    await laptops.close(store);
    await deleteStore(name, storage);
    const left = (await indexedDB.databases()).filter((database) => database.name?.includes(name));
    expect(left).toEqual([]);
    const again = await laptops.open({ store: name });
    expect(leadsOf(again)).toEqual([]);
    expect(await again.undo()).toBeNull();
  });
});
