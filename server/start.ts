/** Starts and stops a whole team server: lock, database, tables, housekeeping, listening. */
import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createServer } from './app.ts';
import { lockData } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import type { Options } from './options.ts';
import { messageOf, StartError } from './start-error.ts';
import { errorCode } from './store/database.ts';
import { startUpkeep } from './upkeep.ts';

export interface RunningServer {
  /** `http://host:port` */
  address: string;
  /** Ends streams, lets requests under way finish, closes the database. */
  close(): Promise<void>;
}

/**
 * @param onBroken called when the database can't be written any more: the process should end
 * @throws StartError
 */
export async function startServer(
  options: Options,
  onBroken: (error: unknown) => void,
): Promise<RunningServer> {
  const started: (() => Promise<unknown>)[] = [];
  const close = () => undo(started);
  let app: FastifyInstance | undefined;
  const report = (error: unknown, what: string) => app?.log.error({ err: error }, what);
  try {
    const lock = options.databaseUrl === undefined ? await lockData(options.dataFolder) : undefined;
    if (lock) started.push(() => lock.release());
    const database = await openDatabase(options, onBroken, (error) =>
      report(error, 'a connection to the database broke'),
    );
    started.push(() => database.close());
    const upkeep = startUpkeep(database, (error) => report(error, 'housekeeping failed'));
    started.push(() => upkeep.stop());
    const server = await createServer({
      database,
      publicUrl: options.publicUrl,
      log: { level: options.logLevel },
      onWritten: (rows, bytes) => upkeep.written(rows, bytes),
    });
    app = server;
    started.push(() => server.close());
    const address = await listen(server, options);
    lock?.tell(address);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Last first; what fails does not keep the rest from ending. */
async function undo(started: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const end of started.splice(0).reverse()) {
    await end().catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function listen(app: FastifyInstance, { host, port }: Options): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new StartError(whyNotListening(error, host, port));
  }
  const bound = app.server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  return `http://${nameOf(host)}:${actual}`;
}

/** As people on this computer reach it. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1';
  return isIPv6(host) ? `[${host}]` : host;
}

function whyNotListening(error: unknown, host: string, port: number): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Choose another one with --port, or --port 0 for any free one.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this computer. Choose another one with --host.`;
    default:
      return `Can't listen on ${host}:${port}: ${messageOf(error)}.`;
  }
}
