/** Sync of an open store with its team's server, and what the title bar says of it. */
import type { Client } from '../../shared/ipc/rpc.ts';
import type { Connection, SyncContract } from '../../shared/ipc/sync-contract.ts';
import type { Refusal } from '../../shared/protocol/sync.ts';
import type { Clock, ClockSource } from '../../shared/record/clock.ts';
import { COLLECTIONS, type CollectionName } from '../../shared/record/collections.ts';
import { greatestClock, type RecordState } from '../../shared/record/record.ts';
import type { DeviceStore } from './device-store.ts';
import { gate } from './gate.ts';
import type { RecordDatabase } from './record-store.ts';
import { CollectionReplication, type ReplicationSettings } from './replication.ts';
import type { SyncStatus } from './store-contract.ts';

/** Two clocks that differ less are taken as equal: it is the time an answer may take. */
const CLOCK_TOLERANCE_MS = 2000;

/** Stamps records again whose clocks are too far ahead. @returns ids for which that helps */
export type Restamp = (
  collection: CollectionName,
  ids: string[],
  limitMs: number,
) => Promise<string[]>;

export class TeamSync {
  private readonly replications: CollectionReplication[];
  private connection: Connection = { state: 'connecting' };
  private whenOnline = gate();
  /** ms since 1970 of the server’s last answer. */
  private answeredAt = 0;
  private failure = '';
  private stopped = false;
  private readonly connectionListeners: (() => void)[] = [];

  constructor(
    private readonly server: Client<SyncContract>,
    database: RecordDatabase,
    settings: ReplicationSettings,
    private readonly clocks: ClockSource,
    private readonly device: DeviceStore,
    restamp: Restamp,
    private readonly onStatus: () => void,
    /** The laptop's time, in ms since 1970. */
    private readonly wallMs: () => number = Date.now,
  ) {
    const events = {
      online: () => this.whenOnline.opened,
      received: (records: RecordState[], serverTime: number) => this.received(records, serverTime),
      refused: (name: CollectionName, sent: RecordState[], refusals: Refusal[]) =>
        void this.noteRefusals(name, sent, refusals),
      restamp,
      now: (): Clock => this.clocks.now(),
      progress: () => this.onStatus(),
      failed: (error: unknown) => this.noteFailure(error),
    };
    this.replications = COLLECTIONS.map(
      (name) => new CollectionReplication(name, database[name], settings, server, device, events),
    );
  }

  async start(): Promise<void> {
    this.server.on('connection', (connection) => this.setConnection(connection));
    this.server.on('changed', ({ collection }) => this.replicationOf(collection)?.resync());
    this.setConnection(await this.server.call('connection', {}));
    await Promise.all(this.replications.map((replication) => replication.start()));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const resolve of this.connectionListeners.splice(0)) resolve();
    this.whenOnline.open();
    this.server.close();
    await Promise.all(this.replications.map((replication) => replication.stop()));
  }

  /** Pulls and pushes now; resolves when that is through, or the server is out of reach. */
  async refresh(): Promise<void> {
    if (this.connection.state !== 'online') await this.server.call('reconnect', {});
    await this.whenConnected();
    if (this.connection.state !== 'online') return;
    for (const replication of this.replications) replication.resync();
    await Promise.all(this.replications.map((replication) => replication.inSync()));
  }

  /** Records that wait to be sent. */
  get waiting(): number {
    return this.replications.reduce((sum, { unsent }) => sum + unsent.count, 0);
  }

  changedHere(name: CollectionName, records: RecordState[]): void {
    this.replicationOf(name)?.unsent.changedHere(records);
    this.onStatus();
  }

  get status(): SyncStatus {
    const { connection, waiting } = this;
    if ('detail' in connection) return { ...connection, waiting };
    if (this.failure !== '') return { state: 'problem', waiting, detail: this.failure };
    const refusals = Object.values(this.device.refused);
    if (refusals.length > 0) {
      const count = refusals.length === 1 ? 'One record was' : `${refusals.length} records were`;
      return {
        state: 'problem',
        waiting,
        detail: `${count} refused by the server: ${refusals[0]} Change it here to send it again.`,
      };
    }
    const busy = connection.state === 'connecting' || this.active || !this.caughtUp;
    return busy || waiting > 0
      ? { state: 'syncing', waiting }
      : { state: 'synced', at: this.answeredAt };
  }

  private get caughtUp(): boolean {
    return this.replications.every(({ caughtUp }) => caughtUp);
  }

  private get active(): boolean {
    return this.replications.some((replication) => replication.active);
  }

  private replicationOf(name: CollectionName): CollectionReplication | undefined {
    return this.replications.find((replication) => replication.name === name);
  }

  private setConnection(connection: Connection): void {
    if (this.stopped) return;
    const cameOnline = connection.state === 'online' && this.connection.state !== 'online';
    this.connection = connection;
    for (const resolve of this.connectionListeners.splice(0)) resolve();
    if (connection.state === 'online') this.whenOnline.open();
    else this.whenOnline = this.whenOnline.isOpen ? gate() : this.whenOnline;
    if (cameOnline) for (const replication of this.replications) replication.resync();
    this.onStatus();
  }

  /** Resolves once it is known whether the server can be reached. */
  private async whenConnected(): Promise<void> {
    while (this.connection.state === 'connecting' && !this.stopped) {
      await new Promise<void>((resolve) => {
        this.connectionListeners.push(resolve);
      });
    }
  }

  private received(records: RecordState[], serverTime: number): void {
    this.failure = '';
    this.answeredAt = Date.now();
    for (const record of records) {
      const clock = greatestClock(record);
      if (clock !== undefined) this.clocks.observe(clock);
    }
    const offset = serverTime - this.wallMs();
    if (Math.abs(offset - this.device.clockOffset) > CLOCK_TOLERANCE_MS) {
      void this.device.setClockOffset(offset);
    }
  }

  private async noteRefusals(
    name: CollectionName,
    sent: RecordState[],
    refusals: Refusal[],
  ): Promise<void> {
    const refused = { ...this.device.refused };
    for (const { id } of sent) delete refused[`${name}/${id}`];
    for (const { id, message } of refusals) refused[`${name}/${id}`] = message;
    if (Object.keys(refused).length + Object.keys(this.device.refused).length === 0) return;
    await this.device.setRefused(refused);
    this.onStatus();
  }

  private noteFailure(error: unknown): void {
    if (this.connection.state !== 'online') return;
    this.failure = `Sync failed and will be tried again: ${reasonOf(error)}`;
    this.onStatus();
  }
}

/** The message of the error that a handler threw, which RxDB wraps in its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parameters = 'parameters' in error ? error.parameters : undefined;
  const errors =
    typeof parameters === 'object' && parameters !== null && 'errors' in parameters
      ? parameters.errors
      : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (typeof first === 'object' && first !== null && 'message' in first) {
    return String(first.message);
  }
  return error.message.slice(0, 200);
}
