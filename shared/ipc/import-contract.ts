/** Import process ↔ store worker: the rows of a file on their way into the store. Worker serves. */
import { z } from 'zod';
import { fieldDefinitionSchema } from '../lead/fields.ts';
import { DUPLICATE_MODES, intakeRowSchema } from '../lead/intake.ts';
import type { Contract } from './rpc.ts';

/** A row that could not become a lead, by its line in the file (from 1). */
export const rejectedRowSchema = z.object({
  line: z.number().int().positive(),
  reason: z.string(),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

export const importContract = {
  methods: {
    begin: {
      input: z.object({
        importId: z.string(),
        fileName: z.string(),
        totalBytes: z.number(),
        mode: z.enum(DUPLICATE_MODES),
        /** Custom fields that the rows use; ones that do not exist yet are made. */
        fields: z.array(fieldDefinitionSchema),
      }),
      output: z.object({}),
    },
    /**
     * The next rows, and those left out; answered when they are durable, which is the
     * back-pressure. `bytesRead` is how far into the file this batch reaches.
     */
    rows: {
      input: z.object({
        rows: z.array(intakeRowSchema).max(2000),
        rejected: z.array(rejectedRowSchema),
        /** Empty rows. */
        blank: z.number().int().nonnegative(),
        bytesRead: z.number(),
      }),
      output: z.object({}),
    },
    end: {
      input: z.object({
        /** Why reading stopped before the end of the file, if it did. */
        stopped: z.enum(['cancelled', 'failed']).nullable(),
        /** With `failed`: what happened and what to do. */
        problem: z.string(),
      }),
      output: z.object({}),
    },
  },
  events: {},
} satisfies Contract;
export type ImportContract = typeof importContract;
