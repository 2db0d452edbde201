/** Keeps the change stream open: reconnects, and says how things stand with the server. */
import { RemoteError, toWireError } from '../../shared/ipc/rpc.ts';
import type { Connection } from '../../shared/ipc/sync-contract.ts';
import type { ChangeEvent } from '../../shared/protocol/sync.ts';
import { Backoff } from './backoff.ts';
import type { EventStream } from './event-stream.ts';
import type { Target } from './server-client.ts';

/** A stream that lasted this long was a good one, and the next failure counts as the first. */
const STEADY_MS = 10_000;

export interface KeeperEvents {
  connection(connection: Connection): void;
  changed(change: ChangeEvent): void;
}

export class ConnectionKeeper {
  private current: Connection = { state: 'connecting' };
  private isRunning = false;
  /** Ends the stream that is open or opening. */
  private stream: AbortController | undefined;
  /** Ends the wait before the next try. */
  private endWait: (() => void) | undefined;

  constructor(
    private readonly target: Target,
    private readonly openStream: EventStream,
    private readonly events: KeeperEvents,
    private readonly backoff = new Backoff(),
  ) {}

  get connection(): Connection {
    return this.current;
  }

  start(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    void this.run();
  }

  stop(): void {
    this.isRunning = false;
    this.stream?.abort();
    this.endWait?.();
  }

  /** Tries at once, by a new stream: after sleep, an open one may be dead without knowing. */
  reconnect(): void {
    if (!this.isRunning) return;
    this.backoff.reset();
    this.tell({ state: 'connecting' });
    this.stream?.abort();
    this.endWait?.();
  }

  /** The token was refused: only a new sign-in helps. */
  refuse(detail: string): void {
    if (this.current.state === 'signed-out') return;
    this.stop();
    this.tell({ state: 'signed-out', detail });
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      const stream = new AbortController();
      this.stream = stream;
      const error = await this.follow(stream.signal);
      if (!this.isRunning) return;
      if (error.code === 'unauthorized') return this.refuse(error.message);
      // Aborted from here only by `reconnect`, which wants no wait.
      if (stream.signal.aborted) continue;
      this.tell({ state: 'offline', detail: error.message });
      await this.wait(this.backoff.next());
    }
  }

  /** One stream from opening to end. @returns why it ended */
  private async follow(signal: AbortSignal): Promise<{ code: string; message: string }> {
    let openedAt = Number.POSITIVE_INFINITY;
    try {
      return await this.openStream(
        this.target,
        this.listener(() => (openedAt = now())),
        signal,
      );
    } catch (error) {
      if (now() - openedAt >= STEADY_MS) this.backoff.reset();
      if (!(error instanceof RemoteError)) console.error('The change stream failed:', error);
      return toWireError(error);
    }
  }

  private listener(onOpen: () => void) {
    return {
      opened: () => {
        onOpen();
        if (this.isRunning) this.tell({ state: 'online' });
      },
      changed: (change: ChangeEvent) => {
        if (this.isRunning) this.events.changed(change);
      },
    };
  }

  private tell(connection: Connection): void {
    const isSame = JSON.stringify(connection) === JSON.stringify(this.current);
    this.current = connection;
    if (!isSame) this.events.connection(connection);
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function now(): number {
  return performance.now();
}
