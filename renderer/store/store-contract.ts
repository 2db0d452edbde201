/** Window ↔ store worker. The worker serves; everything about many leads happens on its side. */
import { z } from 'zod';
import { createdRangeSchema } from '../../shared/filter/created-range.ts';
import { filterSchema } from '../../shared/filter/filter.ts';
import { rejectedRowSchema } from '../../shared/ipc/import-contract.ts';
import type { Contract } from '../../shared/ipc/rpc.ts';
import { RESOLUTIONS } from '../../shared/lead/activity.ts';
import { fieldDefinitionSchema } from '../../shared/lead/fields.ts';
import { leadStateSchema, stageSchema } from '../../shared/lead/pipeline.ts';
import { viaSchema } from '../../shared/lead/via.ts';
import { jsonSchema } from '../../shared/record/json.ts';

const nothing = z.object({});

/** A lead as the table shows it. */
export const leadRowSchema = z.object({
  key: z.string(),
  phone: z.string(),
  extension: z.string(),
  name: z.string(),
  state: leadStateSchema,
  assignee: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  custom: z.record(z.string(), jsonSchema),
});
export type LeadRow = z.infer<typeof leadRowSchema>;

/** A column id: `phone`, `name`, `state`, `status`, `assignee`, `createdAt`, `updatedAt`, `c/…`. */
export const sortSchema = z.object({
  column: z.string(),
  direction: z.enum(['asc', 'desc']),
});
export type Sort = z.infer<typeof sortSchema>;

export const PAGE_SIZES = [10, 20, 50, 100] as const;

/** Which leads; what is left out restricts nothing. */
export const leadMatchSchema = z.object({
  search: z.string().optional(),
  filter: filterSchema.optional(),
  created: createdRangeSchema.optional(),
});
export type LeadMatch = z.infer<typeof leadMatchSchema>;

/** Which leads, in what order: by several columns, the first foremost. */
export const sortedMatchSchema = leadMatchSchema.extend({ sort: z.array(sortSchema) });
export type SortedMatch = z.infer<typeof sortedMatchSchema>;

export const leadQuerySchema = sortedMatchSchema.extend({
  /** From 0. */
  page: z.number().int().nonnegative(),
  pageSize: z.number().int().min(1).max(100),
});
export type LeadQuery = z.infer<typeof leadQuerySchema>;

export const leadPageSchema = z.object({
  rows: z.array(leadRowSchema),
  /** Leads that match, on all pages. */
  total: z.number(),
  /** The page served: the last one, should the asked one no longer exist. */
  page: z.number(),
  /** Leads that match search and filter but were created outside the range. */
  outsideRange: z.number(),
  /** All leads, matching or not. */
  all: z.number(),
  /** Leads without a usable phone number among all. */
  needsPhone: z.number(),
});
export type LeadPage = z.infer<typeof leadPageSchema>;

/** A page as the store serves it. */
export const servedPageSchema = leadPageSchema.extend({
  /** How many open conflicts a lead of the page has, by key, where it has any. */
  openConflicts: z.record(z.string(), z.number()),
});
export type ServedPage = z.infer<typeof servedPageSchema>;

export const memberSchema = z.object({ id: z.string(), name: z.string(), email: z.string() });
export type Member = z.infer<typeof memberSchema>;

/** What shapes the table besides the leads themselves. */
export const workspaceSchema = z.object({
  stages: z.array(stageSchema),
  fields: z.array(fieldDefinitionSchema),
  members: z.array(memberSchema),
  /** Country of numbers without a country code. */
  country: z.string(),
  timeZone: z.string(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** Two people changed a field unseen by each other; see rule K1. */
export const leadConflictSchema = z.object({
  id: z.string(),
  field: z.string(),
  lost: jsonSchema,
  kept: jsonSchema,
  /** A deletion buried the lost value. */
  buried: z.boolean(),
  lostBy: z.string().nullable(),
  keptBy: z.string().nullable(),
  at: z.number(),
  resolution: z.enum(RESOLUTIONS).nullable(),
});
export type LeadConflict = z.infer<typeof leadConflictSchema>;

export const lateEditSchema = z.object({
  /** Key of the number that was typed wrong. */
  record: z.string(),
  field: z.string(),
  value: jsonSchema,
});
export type LateEdit = z.infer<typeof lateEditSchema>;

/** A lead with all that its page shows. */
export const leadDetailSchema = z.object({
  row: leadRowSchema,
  /** Every value that shows, with who wrote it when. */
  fields: z.array(
    z.object({
      field: z.string(),
      value: jsonSchema,
      rank: z.enum(['person', 'machine']),
      /** ms since 1970 */
      at: z.number(),
      /** The laptop or server that wrote it. */
      node: z.string(),
    }),
  ),
  /** How it came in, the earliest first. */
  vias: z.array(viaSchema.extend({ id: z.string() })),
  formerNumbers: z.array(z.object({ key: z.string(), phone: z.string() })),
  conflicts: z.array(leadConflictSchema),
  lateEdits: z.array(lateEditSchema),
});
export type LeadDetail = z.infer<typeof leadDetailSchema>;

/** How a number changed: the customer has a new one, or it was written wrong all along. */
export const NUMBER_CHANGES = ['newNumber', 'typedWrong'] as const;

/** A change that somebody makes: one step, which can be undone as one. */
export const commandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('setField'), key: z.string(), field: z.string(), value: jsonSchema }),
  z.object({
    kind: z.literal('createLead'),
    phone: z.string(),
    /** Country of a number without a country code; the team's by default. */
    country: z.string().optional(),
    values: z.record(z.string(), jsonSchema),
  }),
  z.object({ kind: z.literal('deleteLeads'), keys: z.array(z.string()) }),
  z.object({
    kind: z.literal('changeNumber'),
    key: z.string(),
    phone: z.string(),
    how: z.enum(NUMBER_CHANGES),
  }),
  z.object({
    kind: z.literal('resolveConflict'),
    id: z.string(),
    take: z.enum(RESOLUTIONS),
  }),
  z.object({ kind: z.literal('takeLateEdit'), record: z.string(), field: z.string() }),
  z.object({ kind: z.literal('dismissLateEdits'), record: z.string() }),
]);
export type Command = z.infer<typeof commandSchema>;

export const commandResultSchema = z.object({
  /** Key of the lead that was made or changed, if there is one. */
  key: z.string().nullable(),
  outcome: z.enum(['created', 'merged', 'unchanged', 'done']),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

/** What an undo or redo did; null where there was nothing to do. */
export const undoneSchema = z
  .object({
    /** What the change was, in words for people. */
    label: z.string(),
    /** Fields that were changed back. */
    taken: z.number(),
    /** Fields that somebody changed since, which stay. */
    kept: z.number(),
  })
  .nullable();
export type UndoResult = z.infer<typeof undoneSchema>;

/** What the title bar says about sync. */
export const syncStatusSchema = z.discriminatedUnion('state', [
  /** Working alone: there is no server. */
  z.object({ state: z.literal('alone') }),
  z.object({ state: z.literal('synced'), at: z.number() }),
  /** `waiting`: records not yet on the server. */
  z.object({ state: z.literal('syncing'), waiting: z.number() }),
  z.object({ state: z.literal('offline'), waiting: z.number(), detail: z.string() }),
  z.object({ state: z.literal('signed-out'), waiting: z.number(), detail: z.string() }),
  /** App or server is too old for the other; `detail` says which is to be updated. */
  z.object({ state: z.literal('outdated'), waiting: z.number(), detail: z.string() }),
  /** This device may not sync any more, and its store is about to be deleted. */
  z.object({ state: z.literal('revoked'), waiting: z.number(), detail: z.string() }),
  /** Something a person must look at; `detail` says what to do. */
  z.object({ state: z.literal('problem'), waiting: z.number(), detail: z.string() }),
]);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

/** Counts of an import; `rows` is always the sum of the other five. */
export const importCountsSchema = z.object({
  rows: z.number(),
  created: z.number(),
  merged: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  rejected: z.number(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importProgressSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  bytesRead: z.number(),
  totalBytes: z.number(),
  counts: importCountsSchema,
  /** Rows whose lead has no usable phone number. */
  needsPhone: z.number(),
  /** At the end, the first rejected rows; `counts.rejected` says how many there are in all. */
  rejected: z.array(rejectedRowSchema),
  /** With `failed`: what happened and what to do. */
  problem: z.string(),
});
export type ImportProgress = z.infer<typeof importProgressSchema>;

export const openStoreSchema = z.object({
  store: z.string(),
  /** With a team: replication starts as soon as the `sync` port is there. */
  replicated: z.boolean(),
  country: z.string(),
  timeZone: z.string(),
  /** Identifies the data directory: a copied one takes a new node id. */
  installation: z.string(),
});

export const storeContract = {
  methods: {
    /** Opens a store, closing the one before. @throws code `store-unavailable` */
    open: { input: openStoreSchema, output: nothing },
    query: { input: leadQuerySchema, output: servedPageSchema },
    workspace: { input: nothing, output: workspaceSchema },
    apply: { input: commandSchema, output: commandResultSchema },
    /** Takes back the last change made here, whatever was done since. */
    undo: { input: nothing, output: undoneSchema },
    redo: { input: nothing, output: undoneSchema },
    /** A lead by its key or a former one; null where there is none. */
    lead: { input: z.object({ key: z.string() }), output: leadDetailSchema.nullable() },
    /** The lead that has a number, however it is written; null where there is none. */
    leadWithPhone: { input: z.object({ phone: z.string() }), output: leadRowSchema.nullable() },
    syncStatus: { input: nothing, output: syncStatusSchema },
    /** Pulls and pushes now. */
    refresh: { input: nothing, output: nothing },
    /** Number of leads in another store of this laptop, 0 if there is none. */
    countLeads: { input: z.object({ store: z.string() }), output: z.number() },
    /**
     * Deletes a store of this laptop for good, after its access was withdrawn; `unsent` is null
     * where it is not known how many changes went with it.
     */
    deleteStore: {
      input: z.object({ store: z.string() }),
      output: z.object({ unsent: z.number().nullable() }),
    },
    /** Merges all leads and fields of another store into the open one. */
    adopt: { input: z.object({ store: z.string() }), output: z.object({ leads: z.number() }) },
    /** The import's process is gone: ends it with what was taken so far. */
    endImport: { input: z.object({ importId: z.string(), problem: z.string() }), output: nothing },
    /** Resolves when all writes are on disk. */
    settle: { input: nothing, output: nothing },
  },
  events: {
    /** Leads changed: query again. At most a few a second, however many changed. */
    leadsChanged: z.object({ total: z.number() }),
    workspaceChanged: nothing,
    syncStatus: syncStatusSchema,
    importProgress: importProgressSchema,
    /** The browser is running out of room, or the store can't be written. */
    storageProblem: z.object({ detail: z.string() }),
  },
} satisfies Contract;
export type StoreContract = typeof storeContract;

/** Ports that the window passes on to the worker by `postMessage`, transferred. */
export const workerPortSchema = z.discriminatedUnion('port', [
  /** `store`: the one it syncs. */
  z.object({ port: z.literal('sync'), store: z.string() }),
  z.object({ port: z.literal('import'), importId: z.string() }),
  /** The window's own calls. */
  z.object({ port: z.literal('window') }),
]);
