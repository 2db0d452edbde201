/** Main process ↔ store worker: what replication needs of the network. Main serves. */
import { z } from 'zod';
import {
  changeEventSchema,
  pullResponseSchema,
  pushResponseSchema,
  pushRowSchema,
} from '../protocol/sync.ts';
import { collectionSchema } from '../record/collections.ts';
import type { Contract } from './rpc.ts';

/** How the main process stands with the server. */
export const connectionSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online') }),
  z.object({ state: z.literal('connecting') }),
  /** No answer from the server; `detail` is for people. */
  z.object({ state: z.literal('offline'), detail: z.string() }),
  /** The token is expired or revoked: nothing syncs until somebody signs in. */
  z.object({ state: z.literal('signed-out'), detail: z.string() }),
  /** This device was revoked or its member deactivated: the local data goes. */
  z.object({ state: z.literal('revoked'), detail: z.string() }),
  /** App and server are of versions that do not understand each other. */
  z.object({ state: z.literal('outdated'), detail: z.string() }),
]);
export type Connection = z.infer<typeof connectionSchema>;

export const syncContract = {
  methods: {
    /** @throws code `offline`, `unauthorized`, or a code of shared/protocol/errors */
    push: {
      input: z.object({ collection: collectionSchema, rows: z.array(pushRowSchema) }),
      output: pushResponseSchema,
    },
    pull: {
      input: z.object({
        collection: collectionSchema,
        since: z.number(),
        history: z.string(),
        limit: z.number(),
      }),
      output: pullResponseSchema,
    },
    connection: { input: z.object({}), output: connectionSchema },
    /** Tries again at once; answers with how things stand meanwhile. */
    reconnect: { input: z.object({}), output: connectionSchema },
  },
  events: {
    connection: connectionSchema,
    /** Something changed on the server. */
    changed: changeEventSchema,
  },
} satisfies Contract;
export type SyncContract = typeof syncContract;
