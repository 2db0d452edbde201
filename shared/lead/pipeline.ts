/** Stages of the pipeline, and the one field of a lead that holds its place in it. */
import { z } from 'zod';
import { CLOCK_ZERO } from '../record/clock.ts';
import { byTimeAloneIn, workspaceId, workspaceKindOf } from '../record/collections.ts';
import { setFields } from '../record/merge.ts';
import { emptyRecord, type RecordState, shownValue } from '../record/record.ts';

export const STAGE_TYPES = ['open', 'won', 'lost'] as const;
export const STATUSES = ['open', 'closed', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

export const stageSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1).max(60),
  color: z.string().max(20),
  order: z.number(),
  type: z.enum(STAGE_TYPES),
});
export type Stage = z.infer<typeof stageSchema>;

export const leadStateSchema = z.object({
  stage: z.string(),
  status: z.enum(STATUSES),
  reason: z.string().optional(),
});
/** Stage, status and reason: one field, so that they never contradict each other. */
export type LeadState = z.infer<typeof leadStateSchema>;

export const FIRST_STAGE = 'new';

/** The pipeline a new team begins with. Stage ids are permanent. */
export const DEFAULT_STAGES: readonly Stage[] = [
  { id: FIRST_STAGE, name: 'New', color: 'blue', order: 10, type: 'open' },
  { id: 'contacted', name: 'Contacted', color: 'cyan', order: 20, type: 'open' },
  { id: 'qualified', name: 'Qualified', color: 'violet', order: 30, type: 'open' },
  { id: 'proposal', name: 'Proposal', color: 'orange', order: 40, type: 'open' },
  { id: 'won', name: 'Won', color: 'green', order: 50, type: 'won' },
  { id: 'lost', name: 'Lost', color: 'gray', order: 60, type: 'lost' },
];

/** Moving to a won or lost stage closes the lead; moving to an open one opens it. */
export function stateInStage(stage: Stage): LeadState {
  return { stage: stage.id, status: stage.type === 'open' ? 'open' : 'closed' };
}

/** The stage that a record of the workspace holds, or undefined if it is unusable. */
export function stageOf(record: RecordState): Stage | undefined {
  const parsed = stageSchema.safeParse({
    id: workspaceKindOf(record.id)?.id,
    name: shownValue(record, 'name'),
    color: shownValue(record, 'color'),
    order: shownValue(record, 'order'),
    type: shownValue(record, 'type'),
  });
  return parsed.success ? parsed.data : undefined;
}

/** The record of a stage that ships with the app: the same on every laptop and the server. */
export function defaultStageRecord({ id, ...values }: Stage): RecordState {
  const record = emptyRecord(workspaceId('stage', id));
  return setFields(record, values, CLOCK_ZERO, 'machine', byTimeAloneIn('workspace'));
}
