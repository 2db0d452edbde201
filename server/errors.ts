/** Refusals: what went wrong, for people and for programs. */
import { z } from 'zod';
import type { ErrorCode } from '../shared/protocol/errors.ts';
import { errorCode } from './store/database.ts';

const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  revoked: 401,
  resync: 409,
  'app-too-old': 426,
  'server-too-old': 426,
  'wrong-password': 401,
  forbidden: 403,
  'not-found': 404,
  'email-taken': 409,
  'invitation-invalid': 410,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
};

/** An answer other than the one that was asked for. */
export class ApiError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    status?: number,
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status ?? STATUS[code];
  }

  get body(): { error: { code: ErrorCode; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}

/** The answer to any error; those nobody foresaw say nothing of what is inside. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof z.ZodError) return new ApiError('invalid', describeIssues(error));
  const code = errorCode(error);
  if (code !== undefined && isOutOfSpace(code)) return new ApiError('unavailable', FULL);
  if (code !== undefined && isUnreachable(code)) return new ApiError('unavailable', UNREACHABLE);
  return fromHttp(error) ?? new ApiError('unavailable', UNFORESEEN, 500);
}

const FULL = "The team server's disk is full. Ask whoever runs it to make room, then try again.";
const UNREACHABLE = 'The team server cannot reach its database. Try again in a moment.';
const UNFORESEEN = 'Something went wrong on the team server. Try again in a moment.';
const TOO_LARGE = 'The request is too large.';

/** What Fastify itself refuses. */
function fromHttp(error: unknown): ApiError | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const status = error.statusCode;
  if (status === 413) return new ApiError('too-large', TOO_LARGE);
  if (status === 404) return new ApiError('not-found', 'There is nothing at this address.');
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  return new ApiError('invalid', error.message, status);
}

/** Messages written for people stand alone, zod's own need the field's name. */
export function describeIssues(error: z.ZodError): string {
  const texts = error.issues.map(({ message, path }) => {
    const isForPeople = !/^(Invalid|Too |Unrecognized)/.test(message);
    return isForPeople || path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  return [...new Set(texts)].slice(0, 3).join('. ');
}

function isOutOfSpace(code: string): boolean {
  return code.startsWith('53') || code === 'ENOSPC';
}

function isUnreachable(code: string): boolean {
  return code.startsWith('08') || code.startsWith('57P') || /^(ECONN|EPIPE|ETIMEDOUT)/.test(code);
}
