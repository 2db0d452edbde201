/** The open store: leads and all that shapes them, changed by commands, imports and replication. */

import Dexie from 'dexie';
import { type RxStorage, removeRxDatabase } from 'rxdb/plugins/core';
import type { Client } from '../../shared/ipc/rpc.ts';
import type { SyncContract } from '../../shared/ipc/sync-contract.ts';
import { FIELD, type FieldDefinition, fieldLabel } from '../../shared/lead/fields.ts';
import type { DuplicateMode } from '../../shared/lead/intake.ts';
import { DEFAULT_STAGES, defaultStageRecord, FIRST_STAGE } from '../../shared/lead/pipeline.ts';
import { phoneKey } from '../../shared/phone/phone-key.ts';
import { type Clock, ClockSource, clockMs, clockNode } from '../../shared/record/clock.ts';
import {
  byTimeAloneIn,
  COLLECTIONS,
  type CollectionName,
  workspaceId,
  workspaceKindOf,
} from '../../shared/record/collections.ts';
import { mergeRecords, recordsEqual, setFields } from '../../shared/record/merge.ts';
import {
  clockBeyondAll,
  emptyRecord,
  greatestClock,
  type RecordState,
} from '../../shared/record/record.ts';
import { ConflictCache } from './conflict-cache.ts';
import { DeviceStore } from './device-store.ts';
import { type ImportFile, ImportSession } from './import-session.ts';
import { type CommandContext, planOf, type Step } from './lead-commands.ts';
import { leadDetailOf } from './lead-detail.ts';
import { LeadIndex } from './lead-index.ts';
import {
  type Changed,
  type RecordChange,
  recordChangeOf,
  type TakenBack,
  takeBack,
} from './operations.ts';
import {
  type Change,
  openRecordDatabase,
  type RecordDatabase,
  type RecordStore,
  recordStoreOf,
} from './record-store.ts';
import { clocksAhead, clocksOf, withClocks } from './restamp.ts';
import { ShownLeads } from './shown-leads.ts';
import type {
  Command,
  CommandResult,
  LeadDetail,
  LeadQuery,
  LeadRow,
  ServedPage,
  SyncStatus,
  UndoResult,
  Workspace,
} from './store-contract.ts';
import { TeamSync } from './sync.ts';
import { type Stack, UndoStack } from './undo-stack.ts';
import { WorkspaceCache } from './workspace-cache.ts';

/** Of the databases as RxDB's Dexie storage names them. */
const DATABASE_PREFIX = 'rxdb-dexie-';
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
  /** The laptop's time, in ms since 1970; for tests with a wrong clock. */
  now?: () => number;
}

export class LeadStore {
  private readonly stores: Record<CollectionName, RecordStore>;
  private readonly index = new LeadIndex();
  private readonly shown: ShownLeads;
  private readonly conflicts = new ConflictCache();
  private readonly undoStack: UndoStack;
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
    this.shown = new ShownLeads(this.index, this.stores.leads, () => events.leadsChanged());
    this.undoStack = new UndoStack(device, options.store);
    this.workspaceCache = new WorkspaceCache(options);
    this.clocks = new ClockSource(device.node, () => this.now);
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

  /** The lead that has a number, however it is written. */
  async leadWithPhone(phone: string): Promise<LeadRow | null> {
    const number = phoneKey(phone, this.workspace.country);
    return (number && (await this.lead(number.key))?.row) ?? null;
  }

  /** All records of a collection, as they are stored here. */
  async records(collection: CollectionName): Promise<Map<string, RecordState>> {
    const records = new Map<string, RecordState>();
    for await (const page of this.stores[collection].all(LOAD_BATCH)) {
      for (const record of page) records.set(record.id, record);
    }
    return records;
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

  query(query: LeadQuery): ServedPage {
    const page = this.index.query(query, this.workspace);
    const openConflicts: Record<string, number> = {};
    for (const { key } of page.rows) {
      const open = this.conflictsOf(key).filter(({ resolution }) => resolution === null);
      if (open.length > 0) openConflicts[key] = open.length;
    }
    return { ...page, openConflicts };
  }

  /** All about one lead, by its key or a former one. */
  async lead(key: string): Promise<LeadDetail | null> {
    const root = this.shown.rootOf(key);
    const members = await this.stores.leads.get(this.shown.membersOf(root));
    const detail = leadDetailOf(
      root,
      [...members.values()],
      this.conflictsOf(root),
      this.shown.lateEditsOf(root),
    );
    return detail ?? null;
  }

  /** @throws CommandError when the lead or value does not fit; StorageError when not written */
  async apply(command: Command): Promise<CommandResult> {
    const operation = crypto.randomUUID();
    const run = this.queue.then(async () => {
      const plan = planOf(command, this.commandContext(operation));
      const changed: Changed[] = [];
      for (const step of plan.steps) changed.push(...(await this.carryOut(step)));
      return { label: plan.label, changed, result: plan.result() };
    });
    this.queue = run.catch(() => undefined);
    const { label, changed, result } = await run;
    const changes = changed.map(recordChangeOf);
    if (changes.length > 0) void this.undoStack.add({ id: operation, label, changes });
    return result;
  }

  /** Takes the last change made here back, as far as it is still its own. */
  undo(): Promise<UndoResult> {
    return this.takeBackLatest('undo');
  }

  /** Takes the last undo back. */
  redo(): Promise<UndoResult> {
    return this.takeBackLatest('redo');
  }

  /** Begins an import; fields that its rows use are made first. */
  async beginImport(
    file: ImportFile,
    mode: DuplicateMode,
    fields: FieldDefinition[],
  ): Promise<ImportSession> {
    const clock = this.clocks.now();
    await this.makeFields(fields, clock);
    const at = this.now;
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
      this.options.now,
    );
    await this.sync.start();
  }

  async refresh(): Promise<void> {
    await this.sync?.refresh();
  }

  /** Resolves when all changes asked for so far are on disk. */
  async settle(): Promise<void> {
    await this.queue;
    await this.undoStack.settle();
  }

  /** Records that were not sent to the team yet. */
  get waiting(): number | null {
    return this.sync?.waiting ?? null;
  }

  async close(): Promise<void> {
    await this.settle();
    await this.abandon();
  }

  /** Closes without waiting for writes under way: what a test takes for a laptop that died. */
  async abandon(): Promise<void> {
    await this.sync?.stop();
    await this.database.close();
    this.device.close();
  }

  /** ms since 1970, corrected by the server's time. */
  private get now(): number {
    return (this.options.now ?? Date.now)() + this.device.clockOffset;
  }

  private async load(): Promise<void> {
    if (!this.options.replicated) await this.makeDefaultStages();
    const { leads, activities, workspace } = this.stores;
    const observe = (records: RecordState[]) => {
      for (const record of records) this.observeClock(record);
    };
    const onWorkspace = () => {
      this.index.forgetOrder();
      this.events.workspaceChanged();
    };
    await this.workspaceCache.follow(workspace, onWorkspace, observe);
    leads.onChange((records) => {
      this.shown.put(records);
      this.events.leadsChanged();
    });
    for await (const records of leads.all(LOAD_BATCH)) {
      observe(records);
      this.shown.put(records);
    }
    await this.shown.settled();
    await this.conflicts.follow(activities, () => this.events.leadsChanged(), observe);
  }

  private observeClock(record: RecordState): void {
    const clock = greatestClock(record);
    if (clock !== undefined) this.clocks.observe(clock);
  }

  private conflictsOf(root: string) {
    return this.conflicts.of('leads', this.shown.membersOf(root));
  }

  private commandContext(operation: string): CommandContext {
    const { shown, conflicts, workspace } = this;
    return {
      node: this.node,
      now: this.now,
      country: workspace.country,
      operation,
      clock: () => this.clocks.now(),
      isShown: (root) => this.index.has(root),
      rootOf: (key) => shown.rootOf(key),
      membersOf: (root) => shown.membersOf(root),
      leadOfWrong: (wrong) => shown.leadOfWrong(wrong),
      conflict: (id) => conflicts.get(id),
      // A move is a change of the number for whoever undoes it.
      fieldLabel: (field) =>
        fieldLabel(field === FIELD.movedTo ? FIELD.phone : field, workspace.fields),
    };
  }

  /**
   * Reads records, decides about all of them together and writes what changes in one transaction.
   * What replication wrote meanwhile is merged with it. To be called in the queue only.
   */
  private async carryOut({ collection, ids, decide }: Step): Promise<Changed[]> {
    const store = this.stores[collection];
    const before = await store.get(ids);
    const decided = new Map(decide(before).map((record) => [record.id, record]));
    const changed = new Map<string, Changed>();
    await store.update([...decided.keys()], (id, current) => {
      const mine = decided.get(id);
      if (mine === undefined) return undefined;
      const after = current ? mergeRecords(current, mine, byTimeAloneIn(collection)) : mine;
      if (current && recordsEqual(current, after)) return undefined;
      changed.set(id, { collection, before: current, after });
      return after;
    });
    for (const { after } of changed.values()) this.observeClock(after);
    this.sync?.changedHere(
      collection,
      [...changed.values()].map(({ after }) => after),
    );
    await this.shown.settled();
    return [...changed.values()];
  }

  private async takeBackLatest(from: Stack): Promise<UndoResult> {
    const done = { taken: 0, kept: 0 };
    const operation = await this.undoStack.take(from, async ({ id, label, changes }) => {
      const backs: TakenBack[] = [];
      const run = this.queue.then(async () => {
        for (const collection of COLLECTIONS) {
          const own = changes.filter((change) => change.collection === collection);
          if (own.length > 0) await this.carryOut(this.takingBack(collection, own, backs));
        }
      });
      this.queue = run.catch(() => undefined);
      await run;
      for (const { taken, kept } of backs) {
        done.taken += taken;
        done.kept += kept;
      }
      const inverse = { id, label, changes: backs.map(({ inverse }) => inverse) };
      const restored = backs.map((back) => ({
        record: back.inverse.record,
        restored: back.restored,
      }));
      return { inverse, restored };
    });
    return operation ? { label: operation.label, ...done } : null;
  }

  private takingBack(
    collection: CollectionName,
    changes: RecordChange[],
    backs: TakenBack[],
  ): Step {
    return {
      collection,
      ids: changes.map(({ record }) => record),
      decide: (records) => {
        const { node } = this;
        const clock = clockBeyondAll(this.clocks.now(), node, records.values());
        const intakeId = crypto.randomUUID();
        return changes.flatMap((change) => {
          const current = records.get(change.record);
          const back = takeBack(change, current, { node, clock, intakeId });
          backs.push(back);
          return back.record ?? [];
        });
      },
    };
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
      void this.undoStack.restamp(replaced);
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

  /** Merges records that come from elsewhere on this laptop; can be repeated. */
  async mergeIn(collection: CollectionName, records: RecordState[]): Promise<void> {
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
  return COLLECTIONS.map((collection) => `${DATABASE_PREFIX}${store}--0--${collection}`);
}

/** Deletes a store that is not open, with all that belongs to it. */
export async function deleteStore(
  store: string,
  storage: RxStorage<unknown, unknown>,
): Promise<void> {
  await removeRxDatabase(store, storage, false);
  // The storage only empties its databases.
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith(`${DATABASE_PREFIX}${store}--`)) await Dexie.delete(name);
  }
  await DeviceStore.forget(store);
}
