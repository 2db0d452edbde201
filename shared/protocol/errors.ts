/** What the server answers when it refuses, and the codes a client acts on. */
import { z } from 'zod';

export const ERROR_CODES = [
  'invalid', // the request does not fit its schema
  'unauthorized', // no token, or one that is expired: sign in again
  'revoked', // this device was revoked, or its member deactivated: the local data must go
  'wrong-password',
  'forbidden', // signed in, but not allowed
  'not-found',
  'invitation-invalid', // unknown, used up or expired
  'email-taken',
  'too-large',
  'too-many-requests',
  'resync', // the server does not know the history of this checkpoint: start from the beginning
  'app-too-old', // the app speaks an older protocol: update the app
  'server-too-old', // the app speaks a newer protocol: the server must be updated
  'unavailable', // the server can't answer now: try again later
] as const;

export const errorSchema = z.object({
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }),
});
export type ErrorCode = (typeof ERROR_CODES)[number];
