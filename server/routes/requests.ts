/** What the routes have in common: reading requests, and who is asking. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { isStorable, type Json } from '../../shared/record/json.ts';
import type { Sessions, SignedIn } from '../accounts/sessions.ts';
import { ApiError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by {@link requireSession}. */
    signedIn: SignedIn | undefined;
  }
}

/** The body as the schema has it. @throws ApiError or ZodError */
export function readBody<S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> {
  // The schema first: what it leaves is as flat as itself, whatever was sent.
  const body = schema.parse(request.body ?? {});
  if (isStorable(body as Json)) return body;
  throw new ApiError('invalid', 'A text holds characters that are no text.');
}

/** An `onRequest` hook, so that nobody unknown has a body read. */
export function requireSession(sessions: Sessions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const token = /^Bearer +([\w-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const verdict = token === undefined ? 'unknown' : await sessions.verify(token);
    request.signedIn = typeof verdict === 'string' ? undefined : verdict;
    if (request.signedIn !== undefined) return;
    reply.header('www-authenticate', 'Bearer');
    throw verdict === 'revoked' ? revoked() : signInAgain();
  };
}

/** Who is asking, on routes behind {@link requireSession}. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === undefined) throw signInAgain();
  return request.signedIn;
}

function revoked(): ApiError {
  return new ApiError('revoked', 'This device may no longer see the team’s data. Ask an admin.');
}

function signInAgain(): ApiError {
  return new ApiError('unauthorized', 'You are signed out. Sign in again.');
}
