/** Push, pull and stream: `/v1/sync/:collection/push`, `…/pull`, `/v1/sync/stream`. */
import { z } from 'zod';
import { collectionSchema } from '../record/collections.ts';
import { baseSchema } from '../record/conflicts.ts';
import { recordSchema } from '../record/record.ts';

/** Version of this protocol, sent by clients as the header `x-satchel-protocol`. */
export const PROTOCOL_VERSION = 1;
export const PROTOCOL_HEADER = 'x-satchel-protocol';

export const MAX_PUSH_ROWS = 1000;
export const MAX_PULL_LIMIT = 1000;

/**
 * A row of a push, `{rows: […]}`: a record as the client has it, which the server merges into its
 * own, and as `base` what the client had before its changes, by which the server tells conflicts.
 * Rows are parsed one by one, so that a bad one is refused by itself.
 */
export const pushRowSchema = z.object({ record: recordSchema, base: baseSchema });
export type PushRow = z.infer<typeof pushRowSchema>;

export const refusalSchema = z.object({
  /** The refused record's id, or '' where none could be read. */
  id: z.string(),
  /** `clock`: a clock of the record is too far in the future, see `clockLimit`. */
  code: z.enum(['invalid', 'forbidden', 'clock']),
  message: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Rows named in neither list were taken exactly as sent. */
export const pushResponseSchema = z.object({
  /** Server's records that differ from what was sent, after the merge. */
  merged: z.array(recordSchema),
  refused: z.array(refusalSchema),
  /** ms since 1970: clocks beyond are refused. */
  clockLimit: z.number(),
  /** ms since 1970 */
  serverTime: z.number(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const pullQuerySchema = z.object({
  /** Change number of the last record seen, 0 at first. */
  since: z.coerce.number().int().nonnegative().default(0),
  /** The history that `since` counts in, from the answer that gave it; '' at first. */
  history: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(MAX_PULL_LIMIT).default(500),
});

/** Records changed after `since`, in change order; fewer than `limit` means there are no more. */
export const pullResponseSchema = z.object({
  records: z.array(recordSchema),
  /** Change number of the last record, or `since` where there is none. */
  checkpoint: z.number().int().nonnegative(),
  /**
   * Names the history that the checkpoint counts in. A server restored from a backup begins
   * another: checkpoints beyond the point where they part are answered with the code `resync`.
   */
  history: z.string(),
  serverTime: z.number(),
});
export type PullResponse = z.infer<typeof pullResponseSchema>;

/** `event: change`: something in the collection changed, pull it. */
export const changeEventSchema = z.object({
  collection: collectionSchema,
  seq: z.number().int().nonnegative(),
});
export type ChangeEvent = z.infer<typeof changeEventSchema>;
