import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, formatClock, successor } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { canonicalRecord, mergeRecords, setFields } from '../record/merge.ts';
import { emptyRecord, entryOf, type Rank, type RecordState, shownValue } from '../record/record.ts';
import { undoWritten, writtenBetween } from '../record/undo.ts';
import { deleteLead, restoreLead } from './deletion.ts';
import { applyIntake, type Intake } from './intake.ts';
import { leadOf } from './lead.ts';

const leads = byTimeAloneIn('leads');
const key = '+5511987654321';
const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));
const edit = (
  record: RecordState,
  values: Parameters<typeof setFields>[1],
  clock: Clock,
  rank: Rank = 'person',
) => setFields(record, values, clock, rank, leads);
const merge = (a: RecordState, b: RecordState) => mergeRecords(a, b, leads);

function bringIn(current: RecordState | undefined, ms: number, values: Record<string, string>) {
  const via = { source: 'chat', at: ms, stage: 'new', assignee: null } as const;
  const intake: Intake = {
    id: `i${ms}`,
    via,
    clock: at(ms, 'i'),
    mode: 'fillBlanks',
    rank: 'machine',
  };
  return applyIntake(current, { key, values }, intake, false, 'iiiiiiiiii').record;
}

const lead = edit(
  edit(bringIn(undefined, 1, { name: 'ANA', 'c/city': 'Lima' }), { name: 'Ana' }, at(2)),
  { assignee: 'm1', state: { stage: 'won', status: 'closed' } },
  at(3),
);
const dead = deleteLead(lead, at(10));

describe('a deleted lead', () => {
  it('shows no more, and holds nothing but its id and when it died (D1)', () => {
    expect(leadOf(dead)).toBeUndefined();
    expect(dead).toEqual({ ...emptyRecord(key), died: at(10) });
  });

  it('stays deleted whatever state it meets again, in any order (D1)', () => {
    const copies = [lead, dead, bringIn(undefined, 1, { name: 'ANA' }), edit(lead, {}, at(4))];
    fc.assert(
      fc.property(fc.shuffledSubarray(copies, { minLength: 1 }), (order) => {
        expect(order.reduce(merge, dead)).toStrictEqual(dead);
      }),
    );
  });

  it('is not revived by an edit, late or early, whichever comes first (D2)', () => {
    for (const ms of [5, 10, 20]) {
      const edited = edit(lead, { name: 'offline' }, at(ms, 'b'));
      const merged = merge(dead, edited);
      expect(merge(edited, dead)).toStrictEqual(merged);
      expect(leadOf(merged)).toBeUndefined();
      expect(merged.machine.values).toEqual({});
    }
  });

  it('is revived by a message, and shows what was written after the deletion (D2)', () => {
    const late = edit(dead, { 'c/note': 'late' }, at(20, 'b'));
    const revived = bringIn(late, 30, { name: 'Ana again' });
    expect(leadOf(revived)).toMatchObject({
      name: 'Ana again',
      createdAt: 30,
      assignee: null,
      state: { stage: 'new', status: 'open' },
      custom: { 'c/note': 'late' },
    });
    expect(canonicalRecord(revived, leads)).toStrictEqual(revived);
  });

  it('is revived by a message on another laptop that knew nothing of the deletion (D2)', () => {
    const there = bringIn(lead, 30, { 'c/zip': '1' });
    const merged = merge(dead, there);
    expect(merge(there, dead)).toStrictEqual(merged);
    expect(leadOf(merged)).toMatchObject({ createdAt: 30, name: '', custom: { 'c/zip': '1' } });
  });
});

describe('a restored lead', () => {
  const back = restoreLead(dead, lead, 'restore-1', at(20));

  it('shows as before, with its Created At, and its values keep their ranks (D3)', () => {
    expect(leadOf(back)).toEqual({ ...leadOf(lead), updatedAt: 20 });
    for (const rank of ['person', 'machine'] as const)
      expect(entryOf(back, 'name', rank)?.value).toBe(entryOf(lead, 'name', rank)?.value);
    expect(canonicalRecord(back, leads)).toStrictEqual(back);
    expect(merge(back, lead)).toStrictEqual(back);
  });

  it('keeps what somebody wrote after the deletion (D3)', () => {
    const late = edit(dead, { name: 'late', assignee: null, 'c/city': null }, at(15, 'b'));
    const restored = restoreLead(late, lead, 'restore-1', at(20));
    expect(leadOf(restored)).toMatchObject({
      name: 'late',
      assignee: null,
      custom: {},
      state: { stage: 'won' },
    });
    const byMachine = edit(dead, { assignee: 'm9' }, at(15, 'b'), 'machine');
    expect(leadOf(restoreLead(byMachine, lead, 'restore-1', at(20)))?.assignee).toBe('m9');
  });

  it('has its values again also where a message revived it before (D3)', () => {
    const revived = bringIn(dead, 15, { name: 'Message' });
    expect(leadOf(restoreLead(revived, lead, 'restore-1', at(20)))).toMatchObject({
      name: 'Ana',
      createdAt: 1,
      custom: { 'c/city': 'Lima' },
    });
  });

  it('is one lead where two laptops restore it at once, and restoring again changes nothing (D3)', () => {
    const there = restoreLead(dead, lead, 'restore-2', at(25, 'b'));
    const merged = merge(back, there);
    expect(merge(there, back)).toStrictEqual(merged);
    expect(leadOf(merged)).toEqual({ ...leadOf(lead), updatedAt: 25 });
    expect(restoreLead(merged, lead, 'restore-3', at(30))).toBe(merged);
    expect(restoreLead(back, lead, 'restore-3', at(30))).toBe(back);
  });

  it('is left as it is where it was never deleted (D3)', () => {
    expect(restoreLead(lead, lead, 'restore-1', at(20))).toBe(lead);
    const edited = edit(lead, { name: 'Bea' }, at(5));
    expect(restoreLead(edited, lead, 'restore-1', at(20))).toBe(edited);
  });

  it('may have been the new number of a moved one, which nothing brought in (D3) (N1)', () => {
    const target = edit(emptyRecord(key), { phone: '11 98765-4321' }, at(2));
    const restored = restoreLead(deleteLead(target, at(10)), target, 'restore-1', at(20));
    expect(shownValue(restored, 'phone')).toBe('11 98765-4321');
    expect(leadOf(restored)).toBeUndefined();
  });

  it('can be deleted again, and restored again (D1) (D3)', () => {
    const again = deleteLead(back, at(30));
    expect(again).toEqual({ ...emptyRecord(key), died: at(30) });
    expect(leadOf(restoreLead(again, back, 'restore-2', at(40)))).toEqual({
      ...leadOf(lead),
      updatedAt: 40,
    });
  });

  it('is gone again after the restoring was undone, and back after a redo (D3) (U1)', () => {
    const node = 'aaaaaaaaaa';
    const undone = undoWritten(back, writtenBetween(dead, back), node, leads);
    expect(leadOf(undone.record)).toBeUndefined();
    expect(undone.kept).toEqual([]);
    const redone = undoWritten(undone.record, writtenBetween(back, undone.record), node, leads);
    expect(leadOf(redone.record)).toMatchObject({ name: 'Ana', createdAt: 1, assignee: 'm1' });
  });

  it('converges with edits and messages of others, in any order and grouping (M1) (D3)', () => {
    const parts = [
      lead,
      dead,
      back,
      edit(lead, { name: 'before' }, at(9, 'b')),
      edit(dead, { name: 'after' }, at(15, 'b')),
      edit(lead, { assignee: 'm2' }, successor(at(20), 'bbbbbbbbbb')),
      bringIn(lead, 17, { 'c/zip': '1' }),
      restoreLead(dead, lead, 'restore-2', at(19, 'c')),
    ];
    const all = parts.reduce(merge);
    expect(leadOf(all)).toMatchObject({ createdAt: 1, assignee: 'm2', custom: { 'c/zip': '1' } });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: parts.length }),
        fc.nat(7),
        (order, at) => {
          const [left, right] = [order.slice(0, at), order.slice(at)];
          const grouped =
            left.length > 0 ? merge(left.reduce(merge), right.reduce(merge)) : right.reduce(merge);
          expect(grouped).toStrictEqual(all);
        },
      ),
    );
  });
});
