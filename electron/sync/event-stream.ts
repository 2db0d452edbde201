/** The server's change stream: `GET /v1/sync/stream`, Server-Sent Events with a bearer token. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { RemoteError } from '../../shared/ipc/rpc.ts';
import { type ChangeEvent, changeEventSchema } from '../../shared/protocol/sync.ts';
import {
  type Fetch,
  offline,
  reasonOf,
  refusalOf,
  requestInit,
  type Target,
} from './server-client.ts';

const PATH = '/v1/sync/stream';
/** The server pings more often than this; without a sign of life the connection is dead. */
const SILENCE_MS = 45_000;
const LONGEST_EVENT = 1_000_000;

export interface Listener {
  /** The server accepted; events may come from now on. */
  opened(): void;
  changed(change: ChangeEvent): void;
}

/** Reads one stream to its end, which always is an error: it rejects, and never resolves. */
export type EventStream = (
  target: Target,
  listener: Listener,
  signal: AbortSignal,
) => Promise<never>;

/** @throws RemoteError as `serverClient` */
export function eventStream(fetch: Fetch, silenceMs = SILENCE_MS): EventStream {
  return async (target, listener, signal) => {
    const watch = new SilenceWatch(silenceMs, signal);
    try {
      const response = await open(fetch, target, watch.signal);
      listener.opened();
      await read(response, listener, watch);
      throw offline(target.server, 'the connection was closed');
    } catch (error) {
      if (error instanceof RemoteError) throw error;
      throw offline(target.server, watch.wasSilent ? 'it fell silent' : reasonOf(error));
    } finally {
      watch.stop();
    }
  };
}

async function open(fetch: Fetch, target: Target, signal: AbortSignal): Promise<Response> {
  const init = requestInit(target, 'text/event-stream');
  const response = await fetch(target.server + PATH, { ...init, method: 'GET', signal });
  if (!response.ok) throw refusalOf(target.server, response.status, await response.text());
  const type = response.headers.get('content-type') ?? '';
  if (response.body !== null && type.startsWith('text/event-stream')) return response;
  await response.body?.cancel();
  throw new RemoteError('unavailable', refusalOf(target.server, 404, '').message);
}

async function read({ body }: Response, listener: Listener, watch: SilenceWatch): Promise<void> {
  const parser = createParser({
    onEvent: (event) => deliver(event, listener),
    maxBufferSize: LONGEST_EVENT,
  });
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) return;
    watch.heard();
    parser.feed(decoder.decode(chunk.value, { stream: true }));
  }
}

function deliver({ event, data }: EventSourceMessage, listener: Listener): void {
  if (event !== 'change') return;
  const change = changeEventSchema.safeParse(parseJson(data));
  if (change.success) listener.changed(change.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Aborts when nothing was heard for a while, or when the caller does. */
class SilenceWatch {
  wasSilent = false;
  private readonly controller = new AbortController();
  private readonly abort = () => this.controller.abort();
  private timer: NodeJS.Timeout;

  constructor(
    private readonly silenceMs: number,
    private readonly outer: AbortSignal,
  ) {
    // By hand, since AbortSignal.any is too new for the older runtime.
    if (outer.aborted) this.abort();
    outer.addEventListener('abort', this.abort);
    this.timer = this.wait();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = this.wait();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.abort);
  }

  private wait(): NodeJS.Timeout {
    return setTimeout(() => {
      this.wasSilent = true;
      this.abort();
    }, this.silenceMs);
  }
}
