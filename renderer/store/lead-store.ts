/** The open store: leads and all that shapes them, changed by commands, imports and replication. */

import type { RxStorage } from 'rxdb/plugins/core';
import type { Client } from '../../shared/ipc/rpc.ts';
import type { SyncContract } from '../../shared/ipc/sync-contract.ts';
import { CUSTOM_PREFIX, FIELD, type FieldDefinition } from '../../shared/lead/fields.ts';
import type { DuplicateMode } from '../../shared/lead/intake.ts';
import {
  DEFAULT_STAGES,
  defaultStageRecord,
  FIRST_STAGE,
  leadStateSchema,
} from '../../shared/lead/pipeline.ts';
import {
  type Clock,
  ClockSource,
  clockMs,
  clockNode,
  greaterClock,
  successor,
} from '../../shared/record/clock.ts';
import {
  byTimeAloneIn,
  COLLECTIONS,
  type CollectionName,
  workspaceId,
  workspaceKindOf,
} from '../../shared/record/collections.ts';
import { type Json, jsonEquals, storableText } from '../../shared/record/json.ts';
import { mergeRecords, recordsEqual, setFields } from '../../shared/record/merge.ts';
import {
  emptyRecord,
  greatestClock,
  type RecordState,
  shownValue,
} from '../../shared/record/record.ts';
import { DeviceStore } from './device-store.ts';
import { type ImportFile, ImportSession } from './import-session.ts';
import { LeadIndex } from './lead-index.ts';
import {
  type Change,
  openRecordDatabase,
  type RecordDatabase,
  type RecordStore,
  recordStoreOf,
} from './record-store.ts';
import { clocksAhead, clocksOf, withClocks } from './restamp.ts';
import type {
  Command,
  CommandResult,
  LeadPage,
  LeadQuery,
  SyncStatus,
  Workspace,
} from './store-contract.ts';
import { TeamSync } from './sync.ts';
import { WorkspaceCache } from './workspace-cache.ts';

const LOAD_BATCH = 2000;
const RETRY_MS = 2000;
const ADOPT_BATCH = 500;
/** What is adopted of another store. */
const ADOPTED = ['workspace', 'leads', 'activities'] as const;

export interface StoreEvents {
  leadsChanged(): void;
  workspaceChanged(): void;
  syncStatus(): void;
}

export interface StoreOptions {
  store: string;
  replicated: boolean;
  country: string;
  timeZone: string;
  installation: string;
}

/** A command that can't be carried out; the message is for people. */
export class CommandError extends Error {
  readonly code = 'invalid';
}

export class LeadStore {
  private readonly stores: Record<CollectionName, RecordStore>;
  private readonly index = new LeadIndex();
  private readonly workspaceCache: WorkspaceCache;
  private readonly clocks: ClockSource;
  private sync: TeamSync | undefined;
  /** Changes are made one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly options: StoreOptions,
    private readonly database: RecordDatabase,
    private readonly device: DeviceStore,
    private readonly events: StoreEvents,
  ) {
    this.stores = {
      leads: recordStoreOf(database.leads),
      activities: recordStoreOf(database.activities),
      workspace: recordStoreOf(database.workspace),
    };
    this.workspaceCache = new WorkspaceCache(options);
    this.clocks = new ClockSource(device.node, () => Date.now() + device.clockOffset);
  }

  /** Opens the database and reads its leads into the index. */
  static async open(
    options: StoreOptions,
    storage: RxStorage<unknown, unknown>,
    events: StoreEvents,
  ): Promise<LeadStore> {
    const device = await DeviceStore.open(options.store, options.installation);
    const database = await openRecordDatabase(options.store, storage);
    const store = new LeadStore(options, database, device, events);
    await store.load();
    return store;
  }

  /** Number of leads in a store that is not open. */
  static async count(name: string, storage: RxStorage<unknown, unknown>): Promise<number> {
    const database = await openRecordDatabase(name, storage, ['leads']);
    try {
      return await database.leads.count().exec();
    } finally {
      await database.close();
    }
  }

  get name(): string {
    return this.options.store;
  }

  /** Node id of this store’s clocks. */
  get node(): string {
    return this.device.node;
  }

  get leadCount(): number {
    return this.index.size;
  }

  /** A lead's record as it is stored here. */
  async record(key: string): Promise<RecordState | undefined> {
    return (await this.stores.leads.get([key])).get(key);
  }

  get workspace(): Workspace {
    return this.workspaceCache.current;
  }

  get syncStatus(): SyncStatus {
    if (!this.options.replicated) return { state: 'alone' };
    return this.sync?.status ?? { state: 'syncing', waiting: 0 };
  }

  query(query: LeadQuery): LeadPage {
    return this.index.query(query, this.workspace);
  }

  /** @throws CommandError when the lead or value does not fit; StorageError when not written */
  async apply(command: Command): Promise<CommandResult> {
    if (command.kind !== 'setField') throw new CommandError('This can not be done yet.');
    const { key, field, value } = command;
    assertSettable(field, value);
    const clean = cleanValue(value);
    await this.change('leads', [key], (_, current) => {
      if (!current) throw new CommandError('This lead no longer exists.');
      const shown = shownValue(current, field);
      if (shown !== undefined && jsonEquals(shown, clean)) return undefined;
      const clock = this.clockBeyond(current);
      return setFields(current, { [field]: clean }, clock, 'person', byTimeAloneIn('leads'));
    });
    return { key, outcome: 'done' };
  }

  /** Begins an import; fields that its rows use are made first. */
  async beginImport(
    file: ImportFile,
    mode: DuplicateMode,
    fields: FieldDefinition[],
  ): Promise<ImportSession> {
    const clock = this.clocks.now();
    await this.makeFields(fields, clock);
    const at = Date.now() + this.device.clockOffset;
    const via = { source: 'import' as const, at, stage: FIRST_STAGE, assignee: null };
    const intake = { id: file.importId, via, clock, mode, rank: 'machine' as const };
    const leads: RecordStore = {
      ...this.stores.leads,
      update: (ids, change) => this.change('leads', ids, change, (id) => !this.index.has(id)),
    };
    return new ImportSession(file, intake, leads, this.device.node);
  }

  /** Merges leads and fields of another store of this laptop into this one. Can be repeated. */
  async adopt(name: string, storage: RxStorage<unknown, unknown>): Promise<number> {
    const other = await openRecordDatabase(name, storage, ADOPTED);
    let leads = 0;
    try {
      for (const collection of ADOPTED) {
        for await (const records of recordStoreOf(other[collection]).all(ADOPT_BATCH)) {
          await this.mergeIn(
            collection,
            records.filter(({ id }) => isAdopted(collection, id)),
          );
          if (collection === 'leads') leads += records.length;
        }
      }
    } finally {
      await other.close();
    }
    return leads;
  }

  /** Starts replication; a port that is handed over again replaces the one before. */
  async startSync(server: Client<SyncContract>, retryMs = RETRY_MS): Promise<void> {
    await this.sync?.stop();
    this.sync = new TeamSync(
      server,
      this.database,
      { identifier: this.options.store, retryMs },
      this.clocks,
      this.device,
      (collection, ids, limitMs) => this.restamp(collection, ids, limitMs),
      () => this.events.syncStatus(),
    );
    await this.sync.start();
  }

  async refresh(): Promise<void> {
    await this.sync?.refresh();
  }

  /** Resolves when all changes asked for so far are on disk. */
  async settle(): Promise<void> {
    await this.queue;
  }

  async close(): Promise<void> {
    await this.settle();
    await this.sync?.stop();
    await this.database.close();
    this.device.close();
  }

  private async load(): Promise<void> {
    if (!this.options.replicated) await this.makeDefaultStages();
    const { leads, workspace } = this.stores;
    await this.workspaceCache.follow(workspace, () => {
      this.index.forgetOrder();
      this.events.workspaceChanged();
    });
    leads.onChange((records) => {
      this.index.put(records);
      this.events.leadsChanged();
    });
    for await (const records of leads.all(LOAD_BATCH)) {
      for (const record of records) this.observeClock(record);
      this.index.put(records);
    }
  }

  private observeClock(record: RecordState): void {
    const clock = greatestClock(record);
    if (clock !== undefined) this.clocks.observe(clock);
  }

  /** A new clock, beyond all that the record holds. */
  private clockBeyond(record: RecordState) {
    const now = this.clocks.now();
    const seen = greatestClock(record);
    return seen === undefined ? now : greaterClock(now, successor(seen, this.device.node));
  }

  /** The one way to change records here; one change after the other. */
  private change(
    collection: CollectionName,
    ids: string[],
    decide: Change,
    isNew?: (id: string) => boolean,
  ): Promise<void> {
    const changed = new Map<string, RecordState>();
    const run = this.queue.then(async () => {
      await this.stores[collection].update(
        ids,
        (id, current) => {
          const record = decide(id, current);
          if (record) changed.set(id, record);
          else changed.delete(id);
          return record;
        },
        isNew,
      );
      this.sync?.changedHere(collection, [...changed.values()]);
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  /**
   * Stamps what this store wrote beyond a time again, in the order of its old clocks, equal ones
   * equally. @returns the ids of the records for which that helps
   */
  private restamp(collection: CollectionName, ids: string[], limitMs: number): Promise<string[]> {
    const run = this.queue.then(async () => {
      const records = await this.stores[collection].get(ids);
      this.clocks.rewindTo(await this.greatestClockOfOthers(limitMs));
      const replaced = new Map(
        clocksAhead(records.values(), this.node, limitMs).map((old) => [old, this.clocks.now()]),
      );
      // What others wrote may be beyond the limit too: then nothing here can be stamped below it.
      const helps = [...replaced.values()].every((clock) => clockMs(clock) <= limitMs);
      if (replaced.size === 0 || !helps) return [];
      const changed: RecordState[] = [];
      await this.stores[collection].update([...records.keys()], (_, current) => {
        if (!current || clocksAhead([current], this.node, limitMs).length === 0) return undefined;
        const record = withClocks(current, replaced, byTimeAloneIn(collection));
        changed.push(record);
        return record;
      });
      this.sync?.changedHere(collection, changed);
      return changed.map(({ id }) => id);
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  /** The greatest clock that others have, or that they may have taken from here. */
  private async greatestClockOfOthers(limitMs: number): Promise<Clock | undefined> {
    let greatest: Clock | undefined;
    for (const collection of COLLECTIONS) {
      for await (const records of this.stores[collection].all(LOAD_BATCH)) {
        for (const clock of records.flatMap(clocksOf)) {
          const isTaken = clockNode(clock) !== this.node || clockMs(clock) <= limitMs;
          if (isTaken && clock > (greatest ?? '')) greatest = clock;
        }
      }
    }
    return greatest;
  }

  private async mergeIn(collection: CollectionName, records: RecordState[]): Promise<void> {
    const incoming = new Map(records.map((record) => [record.id, record]));
    const byTimeAlone = byTimeAloneIn(collection);
    for (const record of records) this.observeClock(record);
    await this.change(collection, [...incoming.keys()], (id, current) => {
      const record = incoming.get(id);
      if (!record || !current) return record;
      const merged = mergeRecords(current, record, byTimeAlone);
      return recordsEqual(merged, current) ? undefined : merged;
    });
  }

  private async makeFields(fields: FieldDefinition[], clock: string): Promise<void> {
    const byId = new Map(fields.map((field) => [workspaceId('field', field.id), field]));
    await this.change('workspace', [...byId.keys()], (id, current) => {
      const field = byId.get(id);
      if (current || !field) return undefined;
      const { label, type, order } = field;
      const values = { label, type, order };
      return setFields(emptyRecord(id), values, clock, 'machine', byTimeAloneIn('workspace'));
    });
  }

  private async makeDefaultStages(): Promise<void> {
    await this.mergeIn('workspace', DEFAULT_STAGES.map(defaultStageRecord));
  }
}

/** Pipeline, settings and members are the team's own. */
function isAdopted(collection: CollectionName, id: string): boolean {
  return collection !== 'workspace' || workspaceKindOf(id)?.kind === 'field';
}

/** Names of all collections' databases as RxDB's Dexie storage makes them. */
export function databaseNamesOf(store: string): string[] {
  return COLLECTIONS.map((collection) => `rxdb-dexie-${store}--0--${collection}`);
}

function assertSettable(field: string, value: Json): void {
  if (field === FIELD.state && !leadStateSchema.safeParse(value).success) {
    throw new CommandError('This is not a stage of the pipeline.');
  }
  const settable: readonly string[] = [FIELD.state, FIELD.assignee, FIELD.name];
  if (!settable.includes(field) && !field.startsWith(CUSTOM_PREFIX)) {
    throw new CommandError('This field can not be edited.');
  }
}

function cleanValue(value: Json): Json {
  if (typeof value !== 'string') return value;
  const text = storableText(value).trim();
  return text === '' ? null : text;
}
