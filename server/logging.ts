/** What is logged: to stderr, and nothing of what people wrote, who they are or what opens doors. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogSettings {
  level: LogLevel;
  stream?: { write(line: string): void };
}

export function loggerOptions({ level, stream = process.stderr }: LogSettings) {
  const serializers = { err: describeError, req: describeRequest, res: () => ({}) };
  return { level, stream, serializers };
}

/** An `onResponse` hook. */
export async function logRequest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const ms = Math.round(reply.elapsedTime);
  request.log.info({ req: request, status: reply.statusCode, ms }, 'request');
}

/** The route's pattern, for an address may hold anything. */
function describeRequest(request: Pick<FastifyRequest, 'method' | 'routeOptions'>) {
  return { method: request.method, route: request.routeOptions?.url ?? 'unknown' };
}

/** A database's error also carries the statement's parameters and the row's values. */
function describeError(error: unknown) {
  const { name, message, stack, code }: Partial<Error> & { code?: unknown } = Object(error);
  return {
    type: String(name),
    message: String(message ?? ''),
    stack: String(stack ?? ''),
    ...(typeof code === 'string' && { code }),
  };
}
