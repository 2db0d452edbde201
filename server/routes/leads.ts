/** `GET /v1/leads`: the team's leads, for scripts. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Lead, leadOf } from '../../shared/lead/lead.ts';
import type { Services } from '../services.ts';
import { LeadCount } from '../store/lead-count.ts';
import { readPage } from '../store/records.ts';
import { requireSession, signedInOf } from './requests.ts';

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** As the last answer gave it. */
  cursor: z.coerce.number().int().nonnegative().default(0),
});

export interface LeadsPage {
  /** In the order of their last change, the latest last; a lead that changes moves to the end. */
  leads: Lead[];
  /** How many there are in all. */
  total: number;
  /** For the next page; null when there are no more. */
  cursor: string | null;
}

export function leadRoutes(app: FastifyInstance, { database, sessions }: Services): void {
  const leadCount = new LeadCount(database);
  app.get(
    '/v1/leads',
    { onRequest: requireSession(sessions) },
    async (request): Promise<LeadsPage> => {
      const { limit, cursor } = querySchema.parse(request.query);
      const team = signedInOf(request).team.id;
      const rows = await readPage(database, { team, collection: 'leads' }, cursor, limit);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return {
        leads: rows.flatMap(({ body }) => leadOf(body) ?? []),
        total: await leadCount.of(team),
        // Change numbers, for a phone number has no place in an address.
        cursor: last === undefined ? null : String(last.seq),
      };
    },
  );
}
