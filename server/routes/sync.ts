/** `/v1/sync/:collection/push` and `…/pull` */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  type PushResponse,
  pullQuerySchema,
} from '../../shared/protocol/sync.ts';
import { type CollectionName, collectionSchema } from '../../shared/record/collections.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import { readChanges } from '../store/histories.ts';
import { push } from '../sync/push.ts';
import { requireSession, signedInOf } from './requests.ts';

const MAX_PUSH_BYTES = 16 * 1024 * 1024;

export function syncRoutes(app: FastifyInstance, services: Services): void {
  const guards = [requireSession(services.sessions), requireProtocol];

  app.post(
    '/v1/sync/:collection/push',
    { onRequest: guards, bodyLimit: MAX_PUSH_BYTES },
    (request): Promise<PushResponse> =>
      push(services, signedInOf(request), collectionOf(request), request.body),
  );

  app.get('/v1/sync/:collection/pull', { onRequest: guards }, async (request, reply) => {
    const { since, history, limit } = pullQuerySchema.parse(request.query);
    const place = { team: signedInOf(request).team.id, collection: collectionOf(request) };
    const page = await readChanges(services.database, place, { seq: since, history }, limit);
    if (page === undefined) throw resync();
    // The database wrote the JSON: to parse it here would only be to write it again.
    const rest = JSON.stringify({
      checkpoint: page.seq,
      history: page.history,
      serverTime: services.now(),
    });
    return reply
      .type('application/json; charset=utf-8')
      .send(`{"records":${page.records},${rest.slice(1)}`);
  });
}

/** Refuses apps that speak another version, with what to do about it. */
export async function requireProtocol(request: FastifyRequest): Promise<void> {
  const version = request.headers[PROTOCOL_HEADER];
  if (version === undefined || version === String(PROTOCOL_VERSION)) return;
  if (Number(version) > PROTOCOL_VERSION) {
    throw new ApiError('server-too-old', 'The team server is older than this app: update it.');
  }
  throw new ApiError('app-too-old', 'This app is older than the team server: update Satchel.');
}

function resync(): ApiError {
  return new ApiError(
    'resync',
    'The team server was put back from a backup: everything is pulled and sent again.',
  );
}

function collectionOf(request: FastifyRequest): CollectionName {
  const parsed = collectionSchema.safeParse(Reflect.get(Object(request.params), 'collection'));
  if (parsed.success) return parsed.data;
  throw new ApiError('not-found', 'There is no such collection.');
}
