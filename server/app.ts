/** The team server's HTTP side: everything but listening. */
import rateLimit from '@fastify/rate-limit';
import sse from '@fastify/sse';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { ClockSource } from '../shared/record/clock.ts';
import { type PasswordCost, Passwords } from './accounts/passwords.ts';
import { Sessions } from './accounts/sessions.ts';
import { answerErrors, answerNoHttp, refuseWhileClosing, sendError } from './error-answers.ts';
import { ApiError } from './errors.ts';
import { type LogSettings, loggerOptions, logRequest } from './logging.ts';
import { accessRoutes } from './routes/access.ts';
import { accountRoutes } from './routes/accounts.ts';
import { healthRoutes } from './routes/health.ts';
import { joinPage } from './routes/join-page.ts';
import { leadRoutes } from './routes/leads.ts';
import { RATE_LIMITS, type RateLimits } from './routes/limits.ts';
import { streamRoute } from './routes/stream.ts';
import { syncRoutes } from './routes/sync.ts';
import type { Services } from './services.ts';
import type { Database } from './store/database.ts';
import { beginHistories } from './store/histories.ts';
import { serverNode } from './store/server-node.ts';
import { ChangeFeed } from './sync/changes.ts';
import { Hints } from './sync/hints.ts';
import { Nodes } from './sync/nodes.ts';

const SMALL_BODY = 64 * 1024;
const PING_MS = 15_000;
const POLL_MS = 1000;

export interface ServerSettings {
  /** With its tables up to date. Whoever opened it closes it. */
  database: Database;
  /** Address under which people reach the server; otherwise that of the request. */
  publicUrl?: string | undefined;
  log?: LogSettings | undefined;
  /** Of new passwords. */
  passwordCost?: PasswordCost | undefined;
  rateLimits?: Partial<RateLimits> | undefined;
  /** Silence in a stream after which a comment is sent, in ms. */
  pingMs?: number | undefined;
  /** How often changes of other processes are looked for, in ms. */
  pollMs?: number | undefined;
  /** ms since 1970 */
  now?: (() => number) | undefined;
  /** Told how many records were written, and how much text that was. */
  onWritten?: ((rows: number, bytes: number) => void) | undefined;
}

export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const app = fastify({
    logger: loggerOptions(settings.log ?? { level: 'warn' }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: SMALL_BODY,
    // Behind a reverse proxy on the same machine, clients are who the proxy says.
    trustProxy: 'loopback',
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, _request, reply: FastifyReply) => sendError(reply, error),
    clientErrorHandler: (_error, socket) => answerNoHttp(socket),
  });
  const services = await buildServices(app, settings);
  answerErrors(app);
  refuseWhileClosing(app);
  parseJson(app);
  setHeaders(app);
  app.addHook('onResponse', logRequest);
  app.addHook('onClose', async () => {
    await services.hints.close();
    await services.changes.close();
  });
  app.decorateRequest('signedIn', undefined);

  const pingMs = settings.pingMs ?? PING_MS;
  await app.register(rateLimit, { global: false });
  await app.register(sse, { heartbeatInterval: pingMs });
  healthRoutes(app, services);
  accountRoutes(app, services, {
    publicUrl: settings.publicUrl?.replace(/\/+$/, ''),
    rateLimits: { ...RATE_LIMITS, ...settings.rateLimits },
  });
  accessRoutes(app, services);
  joinPage(app);
  syncRoutes(app, services);
  streamRoute(app, services, pingMs);
  leadRoutes(app, services);
  return app;
}

async function buildServices(
  app: FastifyInstance,
  { database, passwordCost, pollMs, now = Date.now, onWritten }: ServerSettings,
): Promise<Services> {
  // Only a database server has other processes that write.
  const shared = database.engine === 'postgres' ? database : undefined;
  await beginHistories(database, now());
  const logProblem = (error: unknown) =>
    app.log.error({ err: error }, 'polling for changes failed');
  const sessions = new Sessions(database, now);
  const changes = new ChangeFeed(shared, pollMs ?? POLL_MS, logProblem);
  const hints = new Hints(database, (hint) => {
    if ('team' in hint) changes.look(hint.team);
    else sessions.forget(hint);
  });
  return {
    database,
    sessions,
    passwords: new Passwords(passwordCost),
    changes,
    hints,
    nodes: new Nodes(),
    clock: new ClockSource(await serverNode(database), now),
    now,
    written: onWritten ?? (() => {}),
  };
}

/** As Fastify does, but an empty body is none, and odd keys are left for the schemas to refuse. */
function parseJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = async (_request: FastifyRequest, body: string): Promise<unknown> => {
    if (body === '') return undefined;
    try {
      return JSON.parse(body);
    } catch {
      throw new ApiError('invalid', 'The request is no JSON.');
    }
  };
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, parse);
}

function setHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
}
