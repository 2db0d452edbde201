/**
 * A server for tests of the store: it merges like the real one and speaks the sync contract
 * directly, so that a test can hold requests, cut the connection and look inside.
 */
import type { Client } from '../../shared/ipc/rpc.ts';
import type { Connection, SyncContract } from '../../shared/ipc/sync-contract.ts';
import type { PullResponse, PushResponse } from '../../shared/protocol/sync.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { mergeRecords, recordsEqual } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState } from '../../shared/record/record.ts';

type Listener = (payload: never) => void;

export class TestServer {
  readonly records = new Map<string, { record: RecordState; seq: number }>();
  seq = 0;
  private readonly listeners = new Map<string, Set<Listener>>();

  /** Merges records as if another laptop had pushed them, and tells everybody. */
  merge(collection: CollectionName, records: RecordState[]): RecordState[] {
    const answers = records.flatMap((sent) => {
      const key = `${collection} ${sent.id}`;
      const known = this.records.get(key)?.record;
      const merged = mergeRecords(known ?? emptyRecord(sent.id), sent, byTimeAloneIn(collection));
      if (!known || !recordsEqual(known, merged)) {
        this.records.set(key, { record: merged, seq: ++this.seq });
      }
      return recordsEqual(merged, sent) ? [] : [merged];
    });
    this.emit('changed', { collection, seq: this.seq });
    return answers;
  }

  record(collection: CollectionName, id: string): RecordState | undefined {
    return this.records.get(`${collection} ${id}`)?.record;
  }

  pull(collection: CollectionName, since: number, limit: number): PullResponse {
    const page = [...this.records]
      .filter(([key, { seq }]) => key.startsWith(`${collection} `) && seq > since)
      .map(([, entry]) => entry)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit);
    return {
      records: page.map(({ record }) => record),
      checkpoint: page.at(-1)?.seq ?? since,
      serverTime: Date.now(),
    };
  }

  /** One laptop's connection. Override `push` or `pull` to disturb it. */
  client(laptop: Partial<LaptopSide> = {}): TestClient {
    const client = new TestClient(this, laptop);
    this.clients.add(client);
    return client;
  }

  private readonly clients = new Set<TestClient>();

  private emit(event: 'changed', payload: { collection: CollectionName; seq: number }): void {
    for (const client of this.clients) client.emit(event, payload);
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }
}

export interface LaptopSide {
  push(collection: CollectionName, records: RecordState[]): Promise<PushResponse>;
  pull(collection: CollectionName, since: number, limit: number): Promise<PullResponse>;
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
    input: { collection: CollectionName; records: RecordState[]; since: number; limit: number },
  ): Promise<unknown> {
    if (method === 'connection') return this.connection;
    if (method === 'push') {
      if (this.side.push) return this.side.push(input.collection, input.records);
      const merged = this.server.merge(input.collection, input.records);
      return { merged, refused: [], serverTime: Date.now() };
    }
    if (this.side.pull) return this.side.pull(input.collection, input.since, input.limit);
    return this.server.pull(input.collection, input.since, input.limit);
  }
}
