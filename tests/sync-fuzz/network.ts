/** The way between one laptop and the real server's routes, with everything that can go wrong. */
import type { FastifyInstance } from 'fastify';
import { type Client, RemoteError } from '../../shared/ipc/rpc.ts';
import type { Connection, SyncContract } from '../../shared/ipc/sync-contract.ts';
import { pullResponseSchema, pushResponseSchema } from '../../shared/protocol/sync.ts';
import type { Random } from './random.ts';

type Listener = (payload: never) => void;
type Fault = 'request lost' | 'answer lost' | 'sent twice' | 'slow';

interface SentRequest {
  collection: string;
  rows: unknown[];
  since: number;
  history: string;
  limit: number;
}

export interface FaultCounts extends Record<Fault, number> {
  requests: number;
}

export class LaptopNetwork implements Client<SyncContract> {
  /** Probability of each fault, for each request. */
  faultiness = 0.08;
  private connection: Connection = { state: 'online' };
  private readonly listeners = new Map<string, Set<Listener>>();
  private closed = false;

  constructor(
    private readonly server: () => FastifyInstance,
    private readonly token: string,
    private readonly random: Random,
    private readonly counts: FaultCounts,
  ) {}

  setOnline(online: boolean): void {
    this.connection = online
      ? { state: 'online' }
      : { state: 'offline', detail: 'no network in this test' };
    this.emit('connection', this.connection);
  }

  get online(): boolean {
    return this.connection.state === 'online';
  }

  /** As the stream would tell: something changed. */
  tellChanged(collection: string): void {
    if (this.online) this.emit('changed', { collection, seq: 0 });
  }

  async call(method: string, input: never): Promise<never> {
    if (method === 'connection' || method === 'reconnect') return this.connection as never;
    return (await this.request(method, input)) as never;
  }

  on(event: string, listener: Listener): () => void {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  close(): void {
    this.closed = true;
    this.listeners.clear();
  }

  private emit(event: string, payload: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }

  private async request(method: string, input: SentRequest): Promise<unknown> {
    this.counts.requests++;
    if (this.closed || !this.online || this.happens('request lost')) throw offline();
    if (this.happens('slow')) await new Promise((done) => setTimeout(done, this.random.below(30)));
    const send = () => (method === 'push' ? this.push(input) : this.pull(input));
    const answer = await send();
    if (method === 'push' && this.happens('sent twice')) await send();
    if (this.closed || !this.online || this.happens('answer lost')) throw offline();
    return answer;
  }

  private happens(fault: Fault): boolean {
    if (!this.random.chance(this.faultiness)) return false;
    this.counts[fault]++;
    return true;
  }

  private async push({ collection, rows }: SentRequest) {
    const response = await this.server().inject({
      method: 'POST',
      url: `/v1/sync/${collection}/push`,
      headers: this.headers,
      payload: { rows },
    });
    if (response.statusCode !== 200) throw offline();
    return pushResponseSchema.parse(response.json());
  }

  private async pull({ collection, since, history, limit }: SentRequest) {
    const response = await this.server().inject({
      method: 'GET',
      url: `/v1/sync/${collection}/pull?since=${since}&history=${encodeURIComponent(history)}&limit=${limit}`,
      headers: this.headers,
    });
    if (response.statusCode !== 200) throw offline();
    return pullResponseSchema.parse(response.json());
  }

  private get headers() {
    return { authorization: `Bearer ${this.token}` };
  }
}

function offline(): RemoteError {
  return new RemoteError('offline', 'the network of this test failed');
}
