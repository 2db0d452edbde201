import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { FIELD } from '../../shared/lead/fields.ts';
import { shownValue } from '../../shared/record/record.ts';
import type { LeadStore } from './lead-store.ts';
import { importNames, Laptops, leadsOf } from './test-laptop.ts';

const laptops = new Laptops();
afterEach(() => laptops.closeAll());

const A = '+5511912345678';
const B = '+5521987654321';
const C = '+5531998765432';

const alone = (store?: string) =>
  laptops.open({ replicated: false, ...(store === undefined ? {} : { store }) });
const nameOf = (key: string, store: LeadStore) =>
  leadsOf(store).find((lead) => lead.key === key)?.name;
const keysOf = (store: LeadStore) =>
  leadsOf(store)
    .map(({ key }) => key)
    .sort();
const setName = (store: LeadStore, key: string, value: string) =>
  store.apply({ kind: 'setField', key, field: FIELD.name, value });
const newNumber = (store: LeadStore, key: string, phone: string) =>
  store.apply({ kind: 'changeNumber', key, phone, how: 'newNumber' });
const typedWrong = (store: LeadStore, key: string, phone: string) =>
  store.apply({ kind: 'changeNumber', key, phone, how: 'typedWrong' });

describe('a new lead', () => {
  it('gets the key of its number, and merges into the lead that has it (L1, L4)', async () => {
    const store = await alone();
    const create = (phone: string, name: string, city: string) =>
      store.apply({ kind: 'createLead', phone, values: { name, 'c/city': city } });
    expect(await create('(11) 91234-5678', 'Ana', '')).toEqual({ key: A, outcome: 'created' });
    expect(await create('+55 11 91234 5678', 'Other', 'Recife')).toEqual({
      key: A,
      outcome: 'merged',
    });
    expect(await create(A, 'Third', 'Olinda')).toEqual({ key: A, outcome: 'unchanged' });
    expect(leadsOf(store)).toMatchObject([{ name: 'Ana', custom: { 'c/city': 'Recife' } }]);
    expect(leadsOf(store)[0]?.phone).toBe('(11) 91234-5678');
  });

  it('may come without a number, but not with one that can not be called', async () => {
    const store = await alone();
    const { key } = await store.apply({ kind: 'createLead', phone: ' ', values: { name: 'Ana' } });
    expect(key).toMatch(/^x:/);
    const bad = store.apply({ kind: 'createLead', phone: '12', values: { name: 'Bea' } });
    await expect(bad).rejects.toThrow('no phone number');
    const nothing = store.apply({ kind: 'createLead', phone: '', values: {} });
    await expect(nothing).rejects.toThrow('Enter a phone number or a name');
  });

  it('brings a deleted lead back to life, which an edit does not (D2)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await store.apply({ kind: 'deleteLeads', keys: [A] });
    await expect(setName(store, A, 'x')).rejects.toThrow('no longer exists');
    await store.apply({ kind: 'createLead', phone: A, values: { name: 'Ana again' } });
    expect(nameOf(A, store)).toBe('Ana again');
  });
});

describe('a new number', () => {
  it('shows the lead under it, edits and late edits of the old record too (N1)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    expect(await newNumber(store, A, '+55 21 98765-4321')).toEqual({ key: B, outcome: 'done' });
    expect(keysOf(store)).toEqual([B]);
    expect(leadsOf(store)[0]).toMatchObject({ name: 'Ana', phone: '+55 21 98765-4321' });
    await setName(store, B, 'Ana M.');
    expect(nameOf(B, store)).toBe('Ana M.');
    expect(shownValue((await store.record(B)) ?? never(), FIELD.name)).toBe('Ana M.');
    const detail = await store.lead(A);
    expect(detail?.row.key).toBe(B);
    expect(detail?.formerNumbers).toEqual([{ key: A, phone: A }]);
  });

  it('leads on through chains, back again, and to a lead that is there (N2)', async () => {
    const store = await alone();
    await importNames(store, [
      [A, 'Ana'],
      [C, 'Cai'],
    ]);
    await newNumber(store, A, B);
    await newNumber(store, B, C);
    expect(keysOf(store)).toEqual([C]);
    expect((await store.lead(A))?.formerNumbers.map(({ key }) => key).sort()).toEqual([A, B]);
    expect(await newNumber(store, C, A)).toEqual({ key: A, outcome: 'done' });
    expect(keysOf(store)).toEqual([A]);
  });

  it('is undone by clearing the move, and shows after a restart (N1, U1)', async () => {
    const name = 'moved-and-restarted';
    const store = await alone(name);
    await importNames(store, [[A, 'Ana']]);
    await newNumber(store, A, B);
    await laptops.close(store);
    const again = await alone(name);
    expect(keysOf(again)).toEqual([B]);
    expect(await again.undo()).toMatchObject({ label: 'New Phone Number' });
    expect(keysOf(again)).toEqual([A]);
    expect(await again.redo()).toMatchObject({ kept: 0 });
    expect(keysOf(again)).toEqual([B]);
  });
});

describe('a number typed wrong', () => {
  it('gives its values to the right one and is free for its owner (N3)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await setName(store, A, 'Ana M.');
    expect(await typedWrong(store, A, B)).toEqual({ key: B, outcome: 'done' });
    expect(leadsOf(store)).toMatchObject([{ key: B, name: 'Ana M.', phone: B }]);
    await importNames(store, [[A, 'The true owner']]);
    expect(nameOf(A, store)).toBe('The true owner');
    expect(nameOf(B, store)).toBe('Ana M.');
  });

  it('re-points what led to it, and can be undone and redone (N2, N3, U1)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await newNumber(store, A, B);
    await typedWrong(store, B, C);
    expect(leadsOf(store)).toMatchObject([{ key: C, name: 'Ana' }]);
    await store.undo();
    expect(leadsOf(store)).toMatchObject([{ key: B, name: 'Ana', phone: B }]);
    await store.redo();
    expect(leadsOf(store)).toMatchObject([{ key: C, name: 'Ana' }]);
    await store.undo();
    await store.undo();
    expect(leadsOf(store)).toMatchObject([{ key: A, name: 'Ana' }]);
  });

  it('only changes its spelling where the key is the same, and refuses what is none', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await typedWrong(store, A, '11 91234 5678');
    expect(leadsOf(store)).toMatchObject([{ key: A, phone: '11 91234 5678', name: 'Ana' }]);
    expect(await newNumber(store, A, '11 91234 5678')).toMatchObject({ outcome: 'unchanged' });
    await expect(typedWrong(store, A, '99')).rejects.toThrow('no phone number');
  });

  it('is what a lead without number gets its number by', async () => {
    const store = await alone();
    const { key } = await store.apply({ kind: 'createLead', phone: '', values: { name: 'Ana' } });
    expect(await newNumber(store, key ?? '', B)).toEqual({ key: B, outcome: 'done' });
    expect(leadsOf(store)).toMatchObject([{ key: B, name: 'Ana' }]);
  });

  it('offers what was entered for it later on the right lead (N4)', async () => {
    const [store, other] = [await alone(), await alone('late-editor')];
    await importNames(store, [[A, 'Ana']]);
    await typedWrong(store, A, B);
    await importNames(other, [[A, 'Ana']]);
    await setName(other, A, 'Ana late');
    await other.apply({ kind: 'setField', key: A, field: 'c/city', value: 'Recife' });
    const late = await other.record(A);
    const edits = { ...late, id: A, machine: { values: {}, clock: {} } };
    await store.mergeIn('leads', [edits as typeof late & object]);
    expect((await store.lead(B))?.lateEdits).toEqual([
      { record: A, field: 'c/city', value: 'Recife' },
      { record: A, field: 'name', value: 'Ana late' },
    ]);
    await store.apply({ kind: 'takeLateEdit', record: A, field: FIELD.name });
    expect(nameOf(B, store)).toBe('Ana late');
    expect((await store.lead(B))?.lateEdits).toHaveLength(1);
    await store.apply({ kind: 'dismissLateEdits', record: A });
    expect((await store.lead(B))?.lateEdits).toEqual([]);
    expect(keysOf(store)).toEqual([B]);
  });
});

describe('deletion', () => {
  it('takes all records of a moved lead along, and undo brings all back (D1, D3, U1)', async () => {
    const store = await alone();
    await importNames(store, [
      [A, 'Ana'],
      [C, 'Cai'],
    ]);
    await newNumber(store, A, B);
    const before = leadsOf(store);
    await store.apply({ kind: 'deleteLeads', keys: [B, C] });
    expect(leadsOf(store)).toEqual([]);
    expect(await store.undo()).toMatchObject({ label: 'Deletion of 2 leads', kept: 0 });
    const restored = leadsOf(store);
    expect(restored.map(({ updatedAt, ...lead }) => lead)).toEqual(
      before.map(({ updatedAt, ...lead }) => lead),
    );
    await store.redo();
    expect(leadsOf(store)).toEqual([]);
  });

  it('never uses the deletion of the storage (D1)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await store.apply({ kind: 'deleteLeads', keys: [A] });
    expect(await store.record(A)).toMatchObject({
      died: expect.any(String),
      machine: { values: {} },
    });
  });
});

describe('undo', () => {
  it('writes what showed before and survives a restart (U1)', async () => {
    const name = 'undone-after-restart';
    const store = await alone(name);
    await importNames(store, [[A, 'Ana']]);
    await setName(store, A, 'First');
    await setName(store, A, 'Second');
    await laptops.close(store);
    const again = await alone(name);
    expect(await again.undo()).toEqual({ label: 'Change of Customer Name', taken: 1, kept: 0 });
    expect(nameOf(A, again)).toBe('First');
    await again.undo();
    expect(nameOf(A, again)).toBe('Ana');
    expect(await again.undo()).toBeNull();
    await again.redo();
    await again.redo();
    expect(nameOf(A, again)).toBe('Second');
    expect(await again.redo()).toBeNull();
  });

  it('leaves what somebody changed since, and says so (U2)', async () => {
    const store = await alone();
    await importNames(store, [[A, 'Ana']]);
    await setName(store, A, 'Mine');
    const theirs = await store.record(A);
    const { editedElsewhere } = await import('./test-laptop.ts');
    await store.mergeIn('leads', [editedElsewhere(theirs ?? never(), FIELD.name, 'Theirs')]);
    expect(await store.undo()).toMatchObject({ taken: 0, kept: 1 });
    expect(nameOf(A, store)).toBe('Theirs');
  });

  it('of a new lead leaves none, and a new change ends what could be redone (U1)', async () => {
    const store = await alone();
    await store.apply({ kind: 'createLead', phone: A, values: { name: 'Ana' } });
    await store.undo();
    expect(leadsOf(store)).toEqual([]);
    await store.apply({ kind: 'createLead', phone: B, values: { name: 'Bea' } });
    expect(await store.redo()).toBeNull();
  });
});

function never(): never {
  throw new Error('missing');
}
