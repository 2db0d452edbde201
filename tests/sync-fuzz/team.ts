/** The real server's routes over one PGlite, with a new team for each run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createServer } from '../../server/app.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPglite, type PgliteDatabase } from '../../server/store/pglite.ts';
import { sessionSchema } from '../../shared/protocol/accounts.ts';
import { MAX_PULL_LIMIT, pullResponseSchema } from '../../shared/protocol/sync.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';

let teams = 0;

/** One team on a server that can be restarted. */
export class TestTeam {
  private constructor(
    private readonly database: PgliteDatabase,
    public server: FastifyInstance,
    readonly token: string,
  ) {}

  static async create(database: PgliteDatabase): Promise<TestTeam> {
    const server = await serverOver(database);
    const response = await server.inject({
      method: 'POST',
      url: '/v1/teams',
      payload: {
        teamName: 'Fuzz',
        name: 'Fay',
        email: `fay${teams++}@fuzz.example`,
        password: 'correct horse battery',
        country: 'BR',
        timeZone: 'UTC',
      },
    });
    return new TestTeam(database, server, sessionSchema.parse(response.json()).token);
  }

  /** Ends the server with whatever it is doing, and starts it again. */
  async restart(): Promise<void> {
    const before = this.server;
    this.server = await serverOver(this.database);
    await before.close();
  }

  async records(collection: CollectionName): Promise<Map<string, RecordState>> {
    const response = await this.server.inject({
      url: `/v1/sync/${collection}/pull?since=0&limit=${MAX_PULL_LIMIT}`,
      headers: { authorization: `Bearer ${this.token}` },
    });
    const { records } = pullResponseSchema.parse(response.json());
    return new Map(records.map((record) => [record.id, record]));
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}

/** Opens a database that serves many runs: a fresh one takes seconds. */
export async function openTestDatabase(): Promise<{
  database: PgliteDatabase;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'satchel-fuzz-'));
  const database = await openPglite(folder, (error) => {
    throw error;
  });
  await migrate(database);
  return {
    database,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function serverOver(database: PgliteDatabase): Promise<FastifyInstance> {
  return createServer({
    database,
    log: { level: 'error' },
    rateLimits: { perPerson: 1_000_000, perAddress: 1_000_000 },
  });
}
