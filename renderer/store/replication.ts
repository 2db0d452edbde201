/**
 * Replication of one collection with the team's server, by RxDB's protocol. RxDB settles conflicts
 * on push only and skips a pulled record that has unpushed edits, so pushes and pulls must not
 * overlap: a page that did is thrown away and asked again.
 */
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import type { Client } from '../../shared/ipc/rpc.ts';
import type { SyncContract } from '../../shared/ipc/sync-contract.ts';
import type { PushResponse, Refusal } from '../../shared/protocol/sync.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { type RecordCollection, toRecord } from './record-store.ts';
import { assertRoomToWrite } from './room.ts';
import { UnsentRecords } from './unsent.ts';

/** Records a push or pull carries at most. */
const BATCH = 500;

interface Checkpoint {
  seq: number;
}

export interface ReplicationEvents {
  /** Resolves when the server can be reached; replication waits for it before each request. */
  online(): Promise<void>;
  /** Records came from the server, in an answer to a push or pull. */
  received(records: RecordState[], serverTime: number): void;
  refused(collection: CollectionName, sent: RecordState[], refusals: Refusal[]): void;
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

export class CollectionReplication {
  readonly unsent = new UnsentRecords();
  private readonly resync$ = new Subject<'RESYNC'>();
  private readonly state: RxReplicationState<RecordState, Checkpoint>;
  private pushes = 0;

  constructor(
    readonly name: CollectionName,
    collection: RecordCollection,
    settings: ReplicationSettings,
    private readonly server: Client<SyncContract>,
    private readonly events: ReplicationEvents,
  ) {
    this.state = replicateRxCollection<RecordState, Checkpoint>({
      collection,
      replicationIdentifier: settings.identifier,
      retryTime: settings.retryMs,
      autoStart: false,
      toggleOnDocumentVisible: true,
      push: {
        batchSize: BATCH,
        handler: (rows) =>
          this.push(rows.map(({ newDocumentState }) => toRecord(newDocumentState))),
      },
      pull: {
        batchSize: BATCH,
        stream$: this.resync$.asObservable(),
        handler: (checkpoint, limit) => this.pull(checkpoint?.seq ?? 0, limit),
      },
    });
  }

  async start(): Promise<void> {
    this.state.error$.subscribe((error) => this.events.failed(error));
    this.state.active$.subscribe(() => this.events.progress());
    await this.state.start();
    const first = this.state.internalReplicationState?.firstSyncDone;
    for (const done of [first?.up, first?.down]) done?.subscribe(() => this.events.progress());
    await this.unsent.recover(this.state);
    this.events.progress();
  }

  /** Whether requests are under way or due. */
  get active(): boolean {
    const active = this.state.internalReplicationState?.events.active;
    return active !== undefined && (active.up.getValue() || active.down.getValue());
  }

  /** Whether everything was pushed and pulled once since the start. */
  get caughtUp(): boolean {
    const first = this.state.internalReplicationState?.firstSyncDone;
    return first?.up.getValue() === true && first.down.getValue();
  }

  /** Pulls and pushes what there is. */
  resync(): void {
    this.resync$.next('RESYNC');
  }

  /** Resolves when what was changed and asked for up to now went through. */
  async inSync(): Promise<void> {
    await this.state.awaitInSync();
  }

  async stop(): Promise<void> {
    await this.state.cancel();
  }

  private async push(records: RecordState[]): Promise<(RecordState & { _deleted: boolean })[]> {
    await this.events.online();
    this.pushes++;
    const answer: PushResponse = await this.server.call('push', {
      collection: this.name,
      records,
    });
    this.unsent.acknowledged(records);
    this.events.received(answer.merged, answer.serverTime);
    this.events.refused(this.name, records, answer.refused);
    this.events.progress();
    return answer.merged.map(asDocument);
  }

  private async pull(since: number, limit: number) {
    for (;;) {
      await this.events.online();
      await this.whenPushed();
      await assertRoomToWrite();
      const pushesBefore = this.pushes;
      const page = await this.server.call('pull', { collection: this.name, since, limit });
      if (this.pushes !== pushesBefore) continue;
      this.events.received(page.records, page.serverTime);
      return { documents: page.records.map(asDocument), checkpoint: { seq: page.checkpoint } };
    }
  }

  /** Waits until RxDB has also noted what the server acknowledged. */
  private async whenPushed(): Promise<void> {
    for (;;) {
      const queue = this.state.internalReplicationState?.streamQueue.up;
      await queue;
      if (queue === this.state.internalReplicationState?.streamQueue.up) return;
    }
  }
}

function asDocument(record: RecordState): RecordState & { _deleted: boolean } {
  return { ...record, _deleted: false };
}
