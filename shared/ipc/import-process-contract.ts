/** Main process ↔ import process. The import process serves. */
import { z } from 'zod';
import { importPlanSchema, inspectionSchema } from '../csv/mapping.ts';
import type { Contract } from './rpc.ts';

/** How an import came to its end: `stopped` is null when the whole file was read. */
export const importEndSchema = z.object({
  stopped: z.enum(['cancelled', 'failed']).nullable(),
  /** With `failed`: what happened and what to do. */
  problem: z.string(),
});

export const importProcessContract = {
  methods: {
    /** @throws code `unreadable`, `empty`, `binary` or `spreadsheet`, with a message for people */
    inspect: { input: z.object({ path: z.string() }), output: inspectionSchema },
    /**
     * Reads a file into the store behind the port of this import, sent before; answers when it
     * came to its end. @throws code `unreadable` or `busy`, or what the store's `begin` threw
     */
    start: {
      input: z.object({ importId: z.string(), path: z.string(), plan: importPlanSchema }),
      output: importEndSchema,
    },
    /** Stops the import under way, if there is one: `start` then answers. */
    cancel: { input: z.object({}), output: z.object({}) },
  },
  events: {},
} satisfies Contract;
export type ImportProcessContract = typeof importProcessContract;

/** Comes with the transferred port to the store that serves `importContract`, before `start`. */
export const storePortMessageSchema = z.object({ storePort: z.string() });
export type StorePortMessage = z.infer<typeof storePortMessageSchema>;
