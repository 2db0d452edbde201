/** How often one may try passwords, codes and new teams. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { emailKey } from '../accounts/members.ts';
import { ApiError } from '../errors.ts';

export interface RateLimits {
  /** Attempts per minute of one network address with one e-mail address. */
  perPerson: number;
  /** Attempts per minute of one network address, with whatever e-mail addresses. */
  perAddress: number;
}

export const RATE_LIMITS: RateLimits = { perPerson: 10, perAddress: 60 };

/** A `preHandler` hook: by then the e-mail address in the body is there. */
export function limitAttempts(app: FastifyInstance, { perPerson, perAddress }: RateLimits) {
  const timeWindow = 60_000;
  const checks = [
    app.createRateLimit({ max: perAddress, timeWindow }),
    app.createRateLimit({ max: perPerson, timeWindow, keyGenerator: personOf }),
  ];
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    for (const check of checks) {
      const limit = await check(request);
      if (limit.isAllowed || !limit.isExceeded) continue;
      reply.header('retry-after', limit.ttlInSeconds);
      throw new ApiError(
        'too-many-requests',
        `Too many attempts. Wait ${limit.ttlInSeconds} seconds, then try again.`,
      );
    }
  };
}

function personOf(request: FastifyRequest): string {
  const email: unknown = Reflect.get(Object(request.body), 'email');
  return `${request.ip} ${typeof email === 'string' ? emailKey(email.slice(0, 254)) : ''}`;
}
