/** Window ↔ main process. Main serves; channel names are `satchel:<method>`. */
import { z } from 'zod';
import { importPlanSchema, inspectionSchema } from '../csv/mapping.ts';
import {
  countrySchema,
  createTeamSchema,
  joinTeamSchema,
  signInSchema,
} from '../protocol/accounts.ts';
import type { Contract } from './rpc.ts';

/** Whose data the window shows; its store is kept apart from every other's. */
export const profileSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alone'),
    /** Name of its database. */
    store: z.string(),
    country: countrySchema,
    timeZone: z.string(),
  }),
  z.object({
    kind: z.literal('team'),
    store: z.string(),
    server: z.string(),
    team: z.object({ id: z.string(), name: z.string() }),
    member: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.enum(['admin', 'agent']),
    }),
    /** False once the token was refused or the member signed out: local work goes on. */
    signedIn: z.boolean(),
    country: countrySchema,
    timeZone: z.string(),
  }),
]);
export type Profile = z.infer<typeof profileSchema>;

/** A team that this device has no access to any more. */
export const withdrawnSchema = z.object({ store: z.string(), team: z.string() });
export type Withdrawn = z.infer<typeof withdrawnSchema>;

export const appStateSchema = z.object({
  /** null: first run, or signed out to the welcome screen. */
  profile: profileSchema.nullable(),
  /** Store of the leads made alone on this laptop, if there is one. */
  aloneStore: z.string().nullable(),
  /** Stores to be deleted by the window, which then calls `storeDeleted`. */
  withdrawn: z.array(withdrawnSchema),
  /** Address filled in for a new team. */
  serverHint: z.string(),
  /** Changes when this data directory is restored or copied: the store then takes a new node id. */
  installation: z.string(),
  version: z.string(),
});
export type AppState = z.infer<typeof appStateSchema>;

export const fileRefSchema = z.object({
  /** Opaque; paths never reach the window. */
  fileId: z.string(),
  name: z.string(),
  bytes: z.number(),
});
export type FileRef = z.infer<typeof fileRefSchema>;

const nothing = z.object({});
const withServer = z.object({ server: z.url() });

export const appContract = {
  methods: {
    appState: { input: nothing, output: appStateSchema },
    workAlone: { input: nothing, output: appStateSchema },
    /** Country and time zone are the main process's to add. */
    createTeam: {
      input: createTeamSchema
        .omit({ country: true, timeZone: true, device: true })
        .extend(withServer.shape),
      output: appStateSchema,
    },
    joinTeam: {
      input: joinTeamSchema.omit({ code: true, device: true }).extend({ invitation: z.string() }),
      output: appStateSchema,
    },
    signIn: {
      input: signInSchema.omit({ device: true }).extend(withServer.shape),
      output: appStateSchema,
    },
    /** Revokes the token; local data stays for the next sign-in. */
    signOut: { input: nothing, output: appStateSchema },
    /** The data of a team that was withdrawn is gone. */
    storeDeleted: { input: z.object({ store: z.string() }), output: appStateSchema },
    invite: { input: nothing, output: z.object({ invitation: z.string(), expiresAt: z.number() }) },

    /** Asks for the port to the sync service: it arrives as a `sync` port (see `portMessageSchema`). */
    connectSync: { input: nothing, output: nothing },

    /** Opens the file dialog; null when it was cancelled. */
    chooseFile: { input: nothing, output: fileRefSchema.nullable() },
    /** For the preload only, which alone knows the path of a dropped file. */
    registerDroppedFile: { input: z.object({ path: z.string() }), output: fileRefSchema },
    /** @throws code `unreadable`, `empty`, `binary` or `spreadsheet`, with a message for people */
    inspectFile: { input: z.object({ fileId: z.string() }), output: inspectionSchema },
    /** Starts reading; the `import` port for the store arrives by itself. */
    startImport: {
      input: z.object({ importId: z.string(), fileId: z.string(), plan: importPlanSchema }),
      output: nothing,
    },
    cancelImport: { input: z.object({ importId: z.string() }), output: nothing },
    /** Answer to the `quitting` event: the store has written everything. */
    settled: { input: nothing, output: nothing },
    copyText: { input: z.object({ text: z.string().max(10_000) }), output: nothing },
  },
  events: {
    /** The signed-in state or the profile changed outside the window's own calls. */
    appState: appStateSchema,
    /** The import process ended without finishing. */
    importFailed: z.object({ importId: z.string(), problem: z.string() }),
    /** The app is quitting: settle writes, then call `settled`. */
    quitting: nothing,
  },
} satisfies Contract;
export type AppContract = typeof appContract;
export type AppMethod = keyof AppContract['methods'];
export type AppEvent = keyof AppContract['events'];

/** Ports that the preload hands to the window by `window.postMessage`, transferred. */
export const portMessageSchema = z.discriminatedUnion('satchelPort', [
  /** `store`: the one whose account the port syncs; never to be served to another. */
  z.object({ satchelPort: z.literal('sync'), store: z.string() }),
  z.object({ satchelPort: z.literal('import'), importId: z.string() }),
]);
export type PortMessage = z.infer<typeof portMessageSchema>;
