/** The command line. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseUrl } from '../shared/protocol/addresses.ts';
import { LOG_LEVELS, type LogLevel } from './logging.ts';
import { StartError } from './start-error.ts';

export const USAGE = `Satchel team server

  --port N          port to listen on, 0 for any free one (4747)
  --host ADDRESS    address to listen on (127.0.0.1: this computer only)
  --data FOLDER     where the data are kept (./satchel-data)
  --public-url URL  address under which people reach the server, for invitations
  --log LEVEL       ${LOG_LEVELS.join(', ')} (warn)
  --help            this text

With DATABASE_URL set, data are kept in that PostgreSQL database instead of a folder.
`;

export interface Options {
  port: number;
  host: string;
  dataFolder: string;
  publicUrl: string | undefined;
  databaseUrl: string | undefined;
  logLevel: LogLevel;
}

/** @returns undefined when only help was asked for @throws StartError */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    port: readPort(values.port),
    host: values.host,
    dataFolder: path.resolve(values.data),
    publicUrl: values['public-url'] === undefined ? undefined : readUrl(values['public-url']),
    databaseUrl: env.DATABASE_URL || undefined,
    logLevel: readLevel(values.log),
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4747' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: './satchel-data' },
        'public-url': { type: 'string' },
        log: { type: 'string', default: 'warn' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new StartError(`--port ${text} is no port: use a number from 0 to 65535.`);
}

function readUrl(text: string): string {
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') {
    return url.href.replace(/\/+$/, '');
  }
  throw new StartError(`--public-url ${text} is no web address: use one like https://example.org.`);
}

function readLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level !== undefined) return level;
  throw new StartError(`--log ${text} is no level: use one of ${LOG_LEVELS.join(', ')}.`);
}
