import { describe, expect, it } from 'vitest';
import { formatClock } from '../record/clock.ts';
import { byTimeAloneIn } from '../record/collections.ts';
import { canonicalRecord, mergeRecords, setFields } from '../record/merge.ts';
import { emptyRecord } from '../record/record.ts';
import { leadOf } from './lead.ts';
import { DEFAULT_STAGES, defaultStageRecord, stageOf, stateInStage } from './pipeline.ts';

const at = (ms: number, node = 'a') => formatClock(ms, 0, node.repeat(10));

describe('stages', () => {
  it('that ship with the app are canonical to the letter, and older than any edit (R2)', () => {
    for (const stage of DEFAULT_STAGES) {
      const record = defaultStageRecord(stage);
      const canonical = canonicalRecord(record, byTimeAloneIn('workspace'));
      expect(JSON.stringify(record)).toBe(JSON.stringify(canonical));
      expect(stageOf(record)).toEqual(stage);
      const renamed = setFields(record, { name: 'X' }, at(0), 'machine', () => false);
      expect(stageOf(mergeRecords(renamed, record, () => false))?.name).toBe('X');
    }
  });

  it('close a lead that is won or lost, and open it in any other', () => {
    const status = Object.fromEntries(
      DEFAULT_STAGES.map((stage) => [stage.id, stateInStage(stage).status]),
    );
    expect(status).toMatchObject({ new: 'open', proposal: 'open', won: 'closed', lost: 'closed' });
  });
});

describe('a lead’s state', () => {
  it('is one field: stage and status of two edits never mix (L3)', () => {
    const rules = byTimeAloneIn('leads');
    const via = { source: 'chat', at: 1, stage: 'new', assignee: null };
    const start = setFields(emptyRecord('r'), { 'via/1': via }, at(1), 'machine', rules);
    const won = setFields(
      start,
      { state: { stage: 'won', status: 'closed' } },
      at(5),
      'person',
      rules,
    );
    const cancelled = setFields(
      start,
      { state: { stage: 'new', status: 'cancelled', reason: 'spam' } },
      at(5, 'b'),
      'person',
      rules,
    );
    const merged = mergeRecords(won, cancelled, rules);
    expect(mergeRecords(cancelled, won, rules)).toStrictEqual(merged);
    expect(leadOf(merged)?.state).toEqual({ stage: 'new', status: 'cancelled', reason: 'spam' });
  });
});
