/** `GET /v1/health` */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { healthSchema } from '../../shared/protocol/accounts.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/sync.ts';
import type { Services } from '../services.ts';
import { VERSION } from '../version.ts';

export function healthRoutes(app: FastifyInstance, { database }: Services): void {
  app.get('/v1/health', async (): Promise<z.output<typeof healthSchema>> => {
    await database.query('SELECT 1 AS alive');
    return { ok: true, app: 'satchel', version: VERSION, protocol: PROTOCOL_VERSION };
  });
}
