/** `/v1/devices` and `/v1/members/:id/…`: who has access, from which devices. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { devicesSchema } from '../../shared/protocol/devices.ts';
import { setMemberActive } from '../accounts/deactivation.ts';
import { listDevices, revokeDevice } from '../accounts/devices.ts';
import { ApiError } from '../errors.ts';
import type { Services } from '../services.ts';
import { requireSession, signedInOf } from './requests.ts';

export function accessRoutes(app: FastifyInstance, services: Services): void {
  const signedIn = { onRequest: requireSession(services.sessions) };

  app.get('/v1/devices', signedIn, async (request): Promise<z.output<typeof devicesSchema>> => {
    const devices = await listDevices(services.database, signedInOf(request), services.now());
    return { devices };
  });

  app.delete('/v1/devices/:id', signedIn, async (request, reply) => {
    await revokeDevice(services, signedInOf(request), idOf(request));
    return reply.code(204).send();
  });

  for (const [verb, isActive] of [
    ['deactivate', false],
    ['reactivate', true],
  ] as const) {
    app.post(`/v1/members/:id/${verb}`, signedIn, async (request, reply) => {
      await setMemberActive(services, signedInOf(request), idOf(request), isActive);
      return reply.code(204).send();
    });
  }
}

const paramsSchema = z.object({ id: z.guid() });

function idOf(request: FastifyRequest): string {
  const parsed = paramsSchema.safeParse(request.params);
  if (parsed.success) return parsed.data.id;
  throw new ApiError('not-found', 'There is nothing with this id.');
}
