/** `GET /v1/sync/stream`: tells what to pull, as server-sent events. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ChangeEvent } from '../../shared/protocol/sync.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import { requireSession, signedInOf } from './requests.ts';
import { requireProtocol } from './sync.ts';

type EventStream = FastifyReply['sse'];

/** @param checkMs how often a stream's session is looked at again */
export function streamRoute(app: FastifyInstance, services: Services, checkMs: number): void {
  const { sessions, changes } = services;
  const open = new Set<EventStream>();
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const stream of open) stream.close();
  });

  const onRequest = [requireSession(sessions), requireProtocol];
  app.get('/v1/sync/stream', { onRequest, sse: { kind: 'manual' } }, async (request, reply) => {
    const signedIn = signedInOf(request);
    const { team } = signedIn;
    const stream = reply.sse;
    const outbox = new Outbox(stream);
    // Before the greeting: the client pulls at it, and hears of everything later.
    const unsubscribe = await changes.subscribe(team.id, (event) => outbox.add(event));
    if (isClosing || !stream.isConnected) {
      unsubscribe();
      throw new ApiError('unavailable', 'The team server is stopping.');
    }
    const stopChecking = endWithSession(services, signedIn, stream, checkMs);
    stream.onClose(() => {
      unsubscribe();
      stopChecking();
      open.delete(stream);
    });
    open.add(stream);
    stream.keepAlive();
    outbox.begin();
  });
}

/** Ends the stream when its session is revoked or expires, in whatever process. */
function endWithSession(
  { sessions }: Services,
  signedIn: SignedIn,
  stream: EventStream,
  checkMs: number,
): () => void {
  const isOver = (): Promise<boolean> =>
    // A database that is away for a moment is no reason to end streams.
    sessions.verifySession(signedIn.session).then(
      (verdict) => typeof verdict === 'string',
      () => false,
    );
  const check = async (): Promise<void> => {
    if (await isOver()) stream.close();
  };
  const timer = setInterval(check, checkMs).unref();
  const stopListening = sessions.onEnded(signedIn, check);
  // It may have ended while the stream was opened.
  void check();
  return () => {
    clearInterval(timer);
    stopListening();
  };
}

/** Keeps one event per collection for a client that reads slowly. */
class Outbox {
  private readonly waiting = new Map<ChangeEvent['collection'], ChangeEvent>();
  private isSending = true;

  constructor(private readonly stream: EventStream) {}

  /** Sends the greeting, then what there is. */
  begin(): void {
    void this.send({ event: 'hello', data: {} });
  }

  add(event: ChangeEvent): void {
    this.waiting.set(event.collection, event);
    if (!this.isSending) void this.send();
  }

  private async send(first?: { event: string; data: unknown }): Promise<void> {
    this.isSending = true;
    try {
      if (first !== undefined) await this.stream.send(first);
      for (const [collection, data] of this.waiting) {
        this.waiting.delete(collection);
        await this.stream.send({ event: 'change', data });
      }
      this.isSending = false;
    } catch {
      // The client is gone: it pulls when it comes back.
    }
  }
}
