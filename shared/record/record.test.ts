import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRecord, testByTimeAlone } from './arbitraries.ts';
import { COLLECTIONS, workspaceId, workspaceKindOf } from './collections.ts';
import { canonicalRecord, mergeRecords, recordsEqual } from './merge.ts';
import { entryOf, fieldsOf, RANKS, recordSchema, selectFields, shownValue } from './record.ts';

const isName = (field: string) => field === 'name';

describe('some fields of a record', () => {
  it('keep their values, clocks and ranks, and the others are gone', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const selected = selectFields(record, isName);
        expect(fieldsOf(selected).every(isName)).toBe(true);
        expect(selected.died).toBe(record.died);
        for (const rank of RANKS)
          expect(entryOf(selected, 'name', rank)).toEqual(entryOf(record, 'name', rank));
      }),
    );
  });

  it('are a record that the wire takes, and merge to the same canonical form (R2)', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const all = selectFields(record, () => true);
        expect(recordSchema.safeParse(all).success).toBe(true);
        expect(canonicalRecord(all, testByTimeAlone)).toStrictEqual(record);
        const parts = [selectFields(record, isName), selectFields(record, (id) => !isName(id))];
        const [one = record, other = record] = parts;
        expect(mergeRecords(one, other, testByTimeAlone)).toStrictEqual(record);
      }),
    );
  });

  it('leave the record itself as it was', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const text = JSON.stringify(record);
        selectFields(record, isName);
        expect(JSON.stringify(record)).toBe(text);
      }),
    );
  });
});

describe('a record', () => {
  it('has its fields in code-unit order, so that equal ones are equal to the letter (R2)', () => {
    fc.assert(
      fc.property(arbitraryRecord, arbitraryRecord, (a, b) => {
        for (const rank of RANKS) {
          const fields = Object.keys(a[rank].values);
          expect(fields).toEqual([...fields].sort());
        }
        expect(recordsEqual(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('shows the person’s value, else the machine’s (M2) (R3)', () => {
    fc.assert(
      fc.property(arbitraryRecord, fc.constantFrom('name', 'via/1', 'toString'), (record, id) => {
        const shown = entryOf(record, id, 'person') ?? entryOf(record, id, 'machine');
        expect(shownValue(record, id)).toEqual(shown?.value);
      }),
    );
  });
});

describe('collections', () => {
  it('are three, and a workspace id begins with its kind (R5)', () => {
    expect(COLLECTIONS).toEqual(['leads', 'activities', 'workspace']);
    expect(workspaceId('stage', 'new')).toBe('stage/new');
    expect(workspaceKindOf('field/c/city')).toEqual({ kind: 'field', id: 'c/city' });
    expect(workspaceKindOf('stages/new')).toBeUndefined();
    expect(workspaceKindOf('stage')).toBeUndefined();
  });
});
