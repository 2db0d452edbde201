/**
 * A server for tests of the store: it merges and judges like the real one and speaks the sync
 * contract directly, so that a test can hold requests, cut the connection and look inside.
 */

import { type Client, RemoteError } from '../../shared/ipc/rpc.ts';
import type { Connection, SyncContract } from '../../shared/ipc/sync-contract.ts';
import { conflictRecord } from '../../shared/lead/activity.ts';
import type { PullResponse, PushResponse, PushRow, Refusal } from '../../shared/protocol/sync.ts';
import {
  type Clock,
  clockMs,
  clockNode,
  formatClock,
  MAX_CLOCK_DRIFT_MS,
} from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { type Conflict, findConflicts } from '../../shared/record/conflicts.ts';
import { mergeRecords, recordsEqual } from '../../shared/record/merge.ts';
import {
  emptyRecord,
  fieldsOf,
  layerClock,
  RANKS,
  type RecordState,
} from '../../shared/record/record.ts';
import { clocksOf } from './restamp.ts';

type Listener = (payload: never) => void;
const SERVER_NODE = 'serverserv';

export class TestServer {
  readonly records = new Map<string, { record: RecordState; seq: number }>();
  readonly conflicts: Conflict[] = [];
  seq = 0;
  history = 'first';
  /** ms since 1970 */
  now: () => number = () => Date.now();
  /** Checkpoints of other histories are unknown beyond this change number. */
  private knownUpTo = Number.POSITIVE_INFINITY;
  /** Greatest clock had from each node for each record. */
  private readonly received = new Map<string, Clock>();
  private readonly clients = new Set<TestClient>();

  /** Takes rows as another laptop pushed them, and tells everybody. */
  push(collection: CollectionName, rows: PushRow[]): PushResponse {
    const refused: Refusal[] = [];
    const merged: RecordState[] = [];
    for (const row of rows) {
      const { id } = row.record;
      if (clocksOf(row.record).some((clock) => clockMs(clock) > this.clockLimit)) {
        refused.push({ id, code: 'clock', message: 'Too far in the future.' });
        continue;
      }
      const after = this.take(collection, row);
      if (!recordsEqual(after, row.record)) merged.push(after);
    }
    this.tellChanged(collection);
    return { merged, refused, clockLimit: this.clockLimit, serverTime: this.now() };
  }

  /** Merges records as if they had always been there: nothing is judged. */
  merge(collection: CollectionName, records: RecordState[]): void {
    for (const record of records) this.store(collection, record);
    this.tellChanged(collection);
  }

  record(collection: CollectionName, id: string): RecordState | undefined {
    return this.records.get(`${collection} ${id}`)?.record;
  }

  /** @throws RemoteError code `resync` where the history is not known */
  pull(collection: CollectionName, since: number, limit: number, history = ''): PullResponse {
    if (since > 0 && history !== this.history && since > this.knownUpTo) {
      throw new RemoteError('resync', 'Unknown history');
    }
    const page = [...this.records]
      .filter(([key, { seq }]) => key.startsWith(`${collection} `) && seq > since)
      .map(([, entry]) => entry)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit);
    return {
      records: page.map(({ record }) => record),
      checkpoint: page.at(-1)?.seq ?? since,
      history: this.history,
      serverTime: this.now(),
    };
  }

  /** What a backup would hold. */
  backup(): () => void {
    const records = new Map(this.records);
    const received = new Map(this.received);
    const { seq } = this;
    return () => {
      this.records.clear();
      this.received.clear();
      for (const [key, entry] of records) this.records.set(key, entry);
      for (const [key, clock] of received) this.received.set(key, clock);
      this.seq = seq;
      this.knownUpTo = seq;
      this.history = `${this.history}+`;
    };
  }

  /** One laptop's connection. Give `push` or `pull` to disturb it. */
  client(laptop: Partial<LaptopSide> = {}): TestClient {
    const client = new TestClient(this, laptop);
    this.clients.add(client);
    return client;
  }

  private get clockLimit(): number {
    return this.now() + MAX_CLOCK_DRIFT_MS;
  }

  private take(collection: CollectionName, { record, base }: PushRow): RecordState {
    const key = `${collection} ${record.id}`;
    const before = this.record(collection, record.id) ?? emptyRecord(record.id);
    const found = findConflicts(
      before,
      record,
      base,
      (node, field) => this.received.get(`${key} ${node} ${field}`),
      byTimeAloneIn(collection),
    );
    for (const conflict of found) {
      this.conflicts.push(conflict);
      this.store('activities', this.activityOf(conflict, collection, record.id));
    }
    for (const field of fieldsOf(record)) {
      for (const rank of RANKS) {
        const clock = layerClock(record[rank], field);
        if (clock === undefined) continue;
        const from = `${key} ${clockNode(clock)} ${field}`;
        if (clock > (this.received.get(from) ?? '')) this.received.set(from, clock);
      }
    }
    if (found.length > 0) this.tellChanged('activities');
    return this.store(collection, record);
  }

  private activityOf(conflict: Conflict, collection: CollectionName, record: string): RecordState {
    const place = { collection, record, at: this.now(), memberOf: () => null };
    return conflictRecord(conflict, place, formatClock(this.now(), 0, SERVER_NODE));
  }

  private store(collection: CollectionName, sent: RecordState): RecordState {
    const key = `${collection} ${sent.id}`;
    const known = this.records.get(key)?.record;
    const merged = mergeRecords(known ?? emptyRecord(sent.id), sent, byTimeAloneIn(collection));
    if (!known || !recordsEqual(known, merged)) {
      this.records.set(key, { record: merged, seq: ++this.seq });
    }
    return merged;
  }

  private tellChanged(collection: CollectionName): void {
    for (const client of this.clients) client.emit('changed', { collection, seq: this.seq });
  }
}

export interface LaptopSide {
  push(collection: CollectionName, rows: PushRow[]): Promise<PushResponse>;
  pull(
    collection: CollectionName,
    since: number,
    limit: number,
    history: string,
  ): Promise<PullResponse>;
}

export class TestClient implements Client<SyncContract> {
  private readonly listeners = new Map<string, Set<Listener>>();
  private connection: Connection = { state: 'online' };

  constructor(
    private readonly server: TestServer,
    private readonly side: Partial<LaptopSide>,
  ) {}

  setConnection(connection: Connection): void {
    this.connection = connection;
    this.emit('connection', connection);
  }

  async call(method: string, input: never): Promise<never> {
    return (await this.answer(method, input)) as never;
  }

  on(event: string, listener: Listener): () => void {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  close(): void {
    this.listeners.clear();
  }

  emit(event: string, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }

  private async answer(
    method: string,
    input: {
      collection: CollectionName;
      rows: PushRow[];
      since: number;
      limit: number;
      history: string;
    },
  ): Promise<unknown> {
    if (method === 'connection' || method === 'reconnect') return this.connection;
    const { collection, rows, since, limit, history } = input;
    if (method === 'push') {
      return this.side.push?.(collection, rows) ?? this.server.push(collection, rows);
    }
    const pulled = this.side.pull?.(collection, since, limit, history);
    return pulled ?? this.server.pull(collection, since, limit, history);
  }
}
