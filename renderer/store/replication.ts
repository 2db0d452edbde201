/**
 * Replication of one collection with the team's server, by RxDB's protocol. RxDB settles conflicts
 * on push only and skips a pulled record that has unpushed edits, so pushes and pulls must not
 * overlap: a page that did is thrown away and asked again.
 */
import { getAssumedMasterState } from 'rxdb/plugins/core';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import type { Client } from '../../shared/ipc/rpc.ts';
import type { SyncContract } from '../../shared/ipc/sync-contract.ts';
import type { PullResponse, PushRow, Refusal } from '../../shared/protocol/sync.ts';
import type { Clock } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { baseOf } from '../../shared/record/conflicts.ts';
import { mergeRecords } from '../../shared/record/merge.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { DeviceStore } from './device-store.ts';
import { type RecordCollection, recordStoreOf, toRecord } from './record-store.ts';
import { knownUpTo } from './restamp.ts';
import { assertRoomToWrite } from './room.ts';
import { UnsentRecords } from './unsent.ts';

/** Records a push or pull carries at most. */
const BATCH = 500;

interface Checkpoint {
  seq: number;
  history: string;
}

type Document = RecordState & { _deleted: boolean };
type PushedRow = { newDocumentState: RecordState; assumedMasterState?: RecordState | undefined };

export interface ReplicationEvents {
  /** Resolves when the server can be reached; replication waits for it before each request. */
  online(): Promise<void>;
  /** Records came from the server, in an answer to a push or pull. */
  received(records: RecordState[], serverTime: number): void;
  refused(collection: CollectionName, sent: RecordState[], refusals: Refusal[]): void;
  /**
   * Stamps records again whose clocks are beyond what the server takes.
   * @returns the ids of those for which that helps
   */
  restamp(collection: CollectionName, ids: string[], limitMs: number): Promise<string[]>;
  /** A clock greater than all that this store holds. */
  now(): Clock;
  /** Something that counts for the sync status changed. */
  progress(): void;
  failed(error: unknown): void;
}

export interface ReplicationSettings {
  /** Names the server, team and member: checkpoints belong to them. */
  identifier: string;
  /** Wait before a failed request is made again, in ms. */
  retryMs: number;
}

/** RxDB's replication from one start to its end. */
interface Run {
  state: RxReplicationState<RecordState, Checkpoint>;
  resync$: Subject<'RESYNC'>;
  /** What it still hands over or is handed no longer counts. */
  isOver: boolean;
}

export class CollectionReplication {
  readonly unsent = new UnsentRecords();
  private run: Run;
  private pushes = 0;
  private stopped = false;
  /** Requests that were sent and not answered. */
  private readonly unanswered = new Set<Promise<unknown>>();
  /** Refused for their clocks, until they are stamped again. */
  private readonly ahead = new Set<string>();
  /** Refused for their clocks, and to stamp them again does not help. */
  private readonly stuck = new Set<string>();
  private starting: Promise<void> = Promise.resolve();
  private repair: Promise<void> | undefined;

  constructor(
    readonly name: CollectionName,
    private readonly collection: RecordCollection,
    private readonly settings: ReplicationSettings,
    private readonly server: Client<SyncContract>,
    private readonly device: DeviceStore,
    private readonly events: ReplicationEvents,
  ) {
    this.run = this.newRun();
  }

  start(): Promise<void> {
    this.starting = this.begin(this.run);
    return this.starting;
  }

  /** Whether requests are under way or due. */
  get active(): boolean {
    const active = this.run.state.internalReplicationState?.events.active;
    if (this.repair) return true;
    return active !== undefined && (active.up.getValue() || active.down.getValue());
  }

  /** Whether everything was pushed and pulled once since the start. */
  get caughtUp(): boolean {
    const first = this.run.state.internalReplicationState?.firstSyncDone;
    return first?.up.getValue() === true && first.down.getValue();
  }

  /** Pulls and pushes what there is. */
  resync(): void {
    this.run.resync$.next('RESYNC');
  }

  /** Resolves when what was changed and asked for up to now went through. */
  async inSync(): Promise<void> {
    for (;;) {
      const { run } = this;
      await this.repair;
      await run.state.awaitInSync();
      if (run === this.run) return;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.run.isOver = true;
    await this.repair;
    this.run.isOver = true;
    await this.run.state.cancel();
  }

  private async begin({ state }: Run): Promise<void> {
    this.unsent.expectRecovery();
    state.error$.subscribe((error) => this.events.failed(error));
    state.active$.subscribe(() => this.events.progress());
    await state.start();
    const first = state.internalReplicationState?.firstSyncDone;
    for (const done of [first?.up, first?.down]) done?.subscribe(() => this.events.progress());
    await this.unsent.recover(state);
    this.events.progress();
  }

  private newRun(): Run {
    const resync$ = new Subject<'RESYNC'>();
    const { identifier, retryMs } = this.settings;
    const epoch = this.device.resyncOf(this.name)?.epoch;
    const state = replicateRxCollection<RecordState, Checkpoint>({
      collection: this.collection,
      replicationIdentifier: epoch === undefined ? identifier : `${identifier}-${epoch}`,
      retryTime: retryMs,
      autoStart: false,
      toggleOnDocumentVisible: true,
      push: { batchSize: BATCH, handler: (rows) => this.push(run, rows) },
      pull: {
        batchSize: BATCH,
        stream$: resync$.asObservable(),
        handler: (checkpoint, limit) => this.pull(run, checkpoint, limit),
      },
    });
    const run: Run = { state, resync$, isOver: false };
    return run;
  }

  private async push(run: Run, pushed: PushedRow[]): Promise<Document[]> {
    await this.events.online();
    if (run.isOver) return this.endOf(run);
    this.pushes++;
    const rows = pushed.map((row) => this.rowOf(row));
    const merged = await this.answered(this.exchange(rows));
    if (run.isOver) return this.endOf(run);
    return merged.map(asDocument);
  }

  /** Sends rows and notes what became of them. */
  private async exchange(rows: PushRow[]): Promise<RecordState[]> {
    const sent = rows.map(({ record }) => record);
    const answer = await this.server.call('push', { collection: this.name, rows });
    this.events.received(answer.merged, answer.serverTime);
    const ahead = answer.refused.filter(({ id, code }) => code === 'clock' && !this.stuck.has(id));
    const unacknowledged = new Set(ahead.map(({ id }) => id));
    const taken = sent.filter(({ id }) => !unacknowledged.has(id));
    this.unsent.acknowledged(taken);
    const refused = answer.refused.filter(({ id }) => !unacknowledged.has(id));
    this.events.refused(this.name, taken, refused);
    this.events.progress();
    if (ahead.length > 0) this.restampLater(unacknowledged, answer.clockLimit);
    return answer.merged;
  }

  private rowOf({ newDocumentState, assumedMasterState }: PushedRow): PushRow {
    const record = toRecord(newDocumentState);
    const assumed = assumedMasterState ? toRecord(assumedMasterState) : this.knownBefore(record);
    return { record, base: baseOf(record, assumed) };
  }

  /** After the server lost its history: what it had of a record as far as this laptop knew. */
  private knownBefore(record: RecordState): RecordState | undefined {
    const resync = this.device.resyncOf(this.name);
    if (resync === undefined) return undefined;
    if (Object.hasOwn(resync.assumed, record.id)) return resync.assumed[record.id] ?? undefined;
    return knownUpTo(record, resync.clock);
  }

  private async pull(run: Run, checkpoint: Checkpoint | undefined, limit: number) {
    const { seq: since, history } = checkpoint ?? { seq: 0, history: '' };
    for (;;) {
      await this.events.online();
      await whenPushed(run);
      if (run.isOver) return this.endOf(run, []).then(() => ({ documents: [], checkpoint }));
      await assertRoomToWrite();
      const pushesBefore = this.pushes;
      const page = await this.page(run, { since, history, limit });
      if (page === undefined) continue;
      if (this.pushes !== pushesBefore) continue;
      this.events.received(page.records, page.serverTime);
      const documents = await this.withRefused(page.records);
      const at = { seq: page.checkpoint, history: page.history };
      return { documents: documents.map(asDocument), checkpoint: at };
    }
  }

  /** Undefined where the server does not know the history any more, and all begins anew. */
  private async page(
    run: Run,
    from: { since: number; history: string; limit: number },
  ): Promise<PullResponse | undefined> {
    try {
      return await this.answered(this.server.call('pull', { collection: this.name, ...from }));
    } catch (error) {
      const isLost = error instanceof Error && 'code' in error && error.code === 'resync';
      if (!isLost || from.since === 0) throw error;
      if (!run.isOver) this.beginAnew();
      return undefined;
    }
  }

  /** What was refused stays here: the pulled record must not replace it. */
  private async withRefused(records: RecordState[]): Promise<RecordState[]> {
    const { refused } = this.device;
    const ids = records.map(({ id }) => id).filter((id) => `${this.name}/${id}` in refused);
    if (ids.length === 0) return records;
    const here = await recordStoreOf(this.collection).get(ids);
    return records.map((record) => {
      const mine = here.get(record.id);
      return mine ? mergeRecords(record, mine, byTimeAloneIn(this.name)) : record;
    });
  }

  private restampLater(ids: Iterable<string>, limitMs: number): void {
    for (const id of ids) this.ahead.add(id);
    this.startRepair(async (run) => {
      await run.state.cancel();
      // Other batches may be refused as well, and what their fate is must be known before.
      await Promise.allSettled([...this.unanswered]);
      const refused = [...this.ahead];
      this.ahead.clear();
      const helped = new Set(await this.events.restamp(this.name, refused, limitMs));
      for (const id of refused) if (!helped.has(id)) this.stuck.add(id);
    });
  }

  /** The server was restored: it is sent everything again, and asked for everything. */
  private beginAnew(): void {
    this.startRepair(async (run) => {
      const assumed = await this.assumedOfUnsent(run);
      await this.device.beginAnew(this.name, this.events.now(), assumed);
      await run.state.remove();
    });
  }

  private async assumedOfUnsent(run: Run): Promise<Record<string, RecordState | null>> {
    const state = run.state.internalReplicationState;
    const ids = this.unsent.ids;
    if (!state || ids.length === 0) return {};
    const assumed = await getAssumedMasterState(state, ids);
    return Object.fromEntries(
      ids.map((id) => {
        const master = assumed[id]?.docData;
        return [id, master ? toRecord(master) : null];
      }),
    );
  }

  /** Ends the run, does something while nothing replicates, and starts another. */
  private startRepair(work: (run: Run) => Promise<void>): void {
    const { run } = this;
    if (run.isOver || this.stopped) return;
    run.isOver = true;
    // The run itself may have been started by a repair that is not quite through.
    const repair = Promise.allSettled([this.repair, this.starting])
      .then(() => work(run))
      .catch((error: unknown) => this.events.failed(error))
      .then(async () => {
        // Whatever failed, what is left of the old run must not go on.
        await run.state.cancel();
        if (this.stopped) return;
        this.run = this.newRun();
        await this.start();
      })
      .catch((error: unknown) => this.events.failed(error))
      .then(() => {
        if (this.repair === repair) this.repair = undefined;
        this.events.progress();
      });
    this.repair = repair;
  }

  /** RxDB takes what a handler returns for acknowledged, unless it was cancelled before. */
  private async endOf<T>(run: Run, nothing: T[] = []): Promise<T[]> {
    await this.repair;
    await run.state.cancel();
    return nothing;
  }

  private async answered<T>(request: Promise<T>): Promise<T> {
    this.unanswered.add(request);
    try {
      return await request;
    } finally {
      this.unanswered.delete(request);
    }
  }
}

/** Waits until RxDB has also noted what the server acknowledged. */
async function whenPushed({ state }: Run): Promise<void> {
  for (;;) {
    const queue = state.internalReplicationState?.streamQueue.up;
    await queue;
    if (queue === state.internalReplicationState?.streamQueue.up) return;
  }
}

function asDocument(record: RecordState): Document {
  return { ...record, _deleted: false };
}
