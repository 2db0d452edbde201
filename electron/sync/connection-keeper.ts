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
    this.endAs({ state: 'signed-out', detail });
  }

  /** This device may not sync any more: nothing helps. */
  revoke(detail: string): void {
    this.endAs({ state: 'revoked', detail });
  }

  /** App or server must be updated first: no more tries, until somebody asks for one. */
  outdate(detail: string): void {
    if (!this.isRunning) return;
    this.tell({ state: 'outdated', detail });
    this.stream?.abort();
  }

  private endAs(connection: Connection): void {
    if (isFinal(this.current)) return;
    this.stop();
    this.tell(connection);
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      const stream = new AbortController();
      this.stream = stream;
      const error = await this.follow(stream.signal);
      if (!this.isRunning) return;
      if (error.code === 'unauthorized') return this.refuse(error.message);
      if (error.code === 'revoked') return this.revoke(error.message);
      if (isOutdated(error.code)) this.outdate(error.message);
      if (this.current.state === 'outdated') {
        await this.wait();
        continue;
      }
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

  /** @param ms without it, until somebody asks for another try */
  private wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Whether the server says that it or the app is too old for the other. */
export function isOutdated(code: string): boolean {
  return code === 'app-too-old' || code === 'server-too-old';
}

function isFinal({ state }: Connection): boolean {
  return state === 'signed-out' || state === 'revoked';
}

function now(): number {
  return performance.now();
}
