import { describe, expect, it } from 'vitest';
import { formatClock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import type { Json } from '../record/json.ts';
import { mergeRecords, setFields } from '../record/merge.ts';
import { emptyRecord, type RecordState } from '../record/record.ts';
import { leadOf } from './lead.ts';
import { earliestVia, hasVia, type Via } from './via.ts';

const leads = byTimeAloneIn('leads');
const at = (ms: number) => formatClock(ms, 0, 'aaaaaaaaaa');
const via = (ms: number, stage = 'new', assignee: string | null = null): Via => ({
  source: 'form',
  at: ms,
  stage,
  assignee,
});
const withVias = (vias: Record<string, Json>, clock = at(1)): RecordState =>
  setFields(emptyRecord('r'), vias, clock, 'machine', leads);

describe('via', () => {
  it('that is earliest gives Created At, stage and assignee, whatever the clocks (L2)', () => {
    const early = withVias({ 'via/z': via(10, 'contacted', 'm1') }, at(9));
    const late = withVias({ 'via/a': via(20, 'won', 'm2') }, at(5));
    const merged = mergeRecords(early, late, leads);
    expect(mergeRecords(late, early, leads)).toStrictEqual(merged);
    expect(leadOf(merged)).toMatchObject({
      createdAt: 10,
      updatedAt: 9,
      state: { stage: 'contacted', status: 'open' },
      assignee: 'm1',
    });
  });

  it('gives stage and assignee until somebody sets them, also to nobody (L2)', () => {
    const record = withVias({ 'via/1': via(10, 'contacted', 'm1') });
    const set = (values: Record<string, Json>) =>
      leadOf(setFields(record, values, at(5), 'person', leads));
    expect(set({ assignee: null })?.assignee).toBeNull();
    expect(set({ state: { stage: 'won', status: 'closed' } })?.state).toEqual({
      stage: 'won',
      status: 'closed',
    });
  });

  it('of two at once is the one with the lesser id, on every laptop (L2)', () => {
    const record = withVias({ 'via/b': via(10, 'b'), 'via/a': via(10, 'a') });
    expect(earliestVia(record)?.stage).toBe('a');
  });

  it('that was withdrawn, or that nobody can read, brings nothing in (L2)', () => {
    expect(hasVia(withVias({ 'via/1': null }))).toBe(false);
    expect(hasVia(withVias({ 'via/1': 'x', via: via(1) }))).toBe(false);
    expect(earliestVia(withVias({ 'via/1': null, 'via/2': via(20) }))?.at).toBe(20);
    expect(leadOf(withVias({ name: 'Ana' }))).toBeUndefined();
  });
});
