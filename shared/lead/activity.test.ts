import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import type { Conflict } from '../record/conflicts.ts';
import { canonicalRecord, mergeRecords, setFields } from '../record/merge.ts';
import { emptyRecord, recordSchema } from '../record/record.ts';
import { type ConflictPlace, conflictOf, conflictRecord } from './activity.ts';

const rules = byTimeAloneIn('activities');
const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));
const lost = { value: 'Ana', clock: at(10), rank: 'person' } as const;
const kept = { value: 'Bea', clock: at(20, 'b'), rank: 'person' } as const;
const conflict: Conflict = { field: 'name', lost, kept };
const place: ConflictPlace = {
  collection: 'leads',
  record: '+5511987654321',
  at: 1000,
  memberOf: (clock) => (clock === at(10) ? 'm1' : null),
};

describe('a conflict’s activity', () => {
  it('holds both values, and whose they are (K2)', () => {
    expect(conflictOf(conflictRecord(conflict, place, at(30, 's')))).toMatchObject({
      collection: 'leads',
      record: '+5511987654321',
      field: 'name',
      at: 1000,
      lost: 'Ana',
      lostClock: at(10),
      lostBy: 'm1',
      kept: 'Bea',
      keptClock: at(20, 'b'),
      keptBy: null,
      buried: false,
      resolution: null,
    });
  });

  it('says where a deletion buried the value (K3)', () => {
    const record = conflictRecord({ field: 'name', lost, kept: undefined }, place, at(30, 's'));
    expect(conflictOf(record)).toMatchObject({ buried: true, kept: null, keptClock: null });
  });

  it('has one id for record, field and the loser’s clock, and another for any other (K2)', () => {
    const id = (of: Conflict, where = place) => conflictRecord(of, where, at(30, 's')).id;
    const same = conflictRecord({ ...conflict, kept: undefined }, { ...place, at: 2 }, at(40, 's'));
    expect(same.id).toBe(id(conflict));
    const others = [
      id({ ...conflict, field: 'c/city' }),
      id({ ...conflict, lost: { ...lost, clock: at(11) } }),
      id(conflict, { ...place, record: '+5511987654322' }),
      id(conflict, { ...place, collection: 'workspace' }),
    ];
    expect(new Set([id(conflict), ...others]).size).toBe(5);
    expect(id(conflict)).not.toContain('5511987654321');
  });

  it('is canonical to the letter, and what the wire takes (R2)', () => {
    const record = conflictRecord(conflict, place, at(30, 's'));
    expect(JSON.stringify(record)).toBe(JSON.stringify(canonicalRecord(record, rules)));
    expect(recordSchema.safeParse(record).success).toBe(true);
  });

  it('is resolved for everybody by one edit, and open again once that is cleared (K5)', () => {
    const record = conflictRecord(conflict, place, at(30, 's'));
    const resolved = setFields(record, { resolution: 'lost' }, at(40), 'person', rules);
    expect(conflictOf(mergeRecords(record, resolved, rules))?.resolution).toBe('lost');
    const reopened = setFields(resolved, { resolution: null }, at(50, 'b'), 'person', rules);
    expect(conflictOf(mergeRecords(resolved, reopened, rules))?.resolution).toBeNull();
    const other = setFields(record, { resolution: 'kept' }, at(41, 'b'), 'person', rules);
    const merged = mergeRecords(resolved, other, rules);
    expect(mergeRecords(other, resolved, rules)).toStrictEqual(merged);
    expect(conflictOf(merged)?.resolution).toBe('kept');
  });

  it('takes any value', () => {
    // No field holds objects of anybody's own keys; zod drops this one.
    const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(values, (value) => {
        const json = JSON.parse(JSON.stringify(value));
        const record = conflictRecord(
          { ...conflict, lost: { ...lost, value: json } },
          place,
          at(30),
        );
        expect(conflictOf(record)?.lost).toEqual(json);
      }),
    );
  });

  it('is none in another record, or in one that nobody can read', () => {
    expect(conflictOf(emptyRecord('x'))).toBeUndefined();
    const broken = setFields(emptyRecord('x'), { kind: 'conflict' }, at(1), 'machine', rules);
    expect(conflictOf(broken)).toBeUndefined();
  });
});
