/** JSON calls to a team server, with every way they fail as a code and words for people. */
import type { z } from 'zod';
import { RemoteError } from '../../shared/ipc/rpc.ts';
import { parseUrl } from '../../shared/protocol/addresses.ts';
import { errorSchema } from '../../shared/protocol/errors.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../shared/protocol/sync.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A server's address without a trailing slash, and the token where one is needed. */
export interface Target {
  server: string;
  token?: string;
}

export interface Call<S extends z.ZodType> extends Target {
  method: 'GET' | 'POST' | 'DELETE';
  /** Begins with `/v1/`. */
  path: string;
  body?: unknown;
  /** What a good answer looks like. */
  answer: S;
}

export type ServerClient = <S extends z.ZodType>(call: Call<S>) => Promise<z.output<S>>;

const TIMEOUT_MS = 30_000;

/** @throws RemoteError code `offline`, `unauthorized`, or another of shared/protocol/errors */
export function serverClient(fetch: Fetch, timeoutMs = TIMEOUT_MS): ServerClient {
  return async (call) => {
    const { response, text } = await exchange(fetch, call, timeoutMs);
    if (!response.ok) throw refusalOf(call.server, response.status, text);
    const parsed = call.answer.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new RemoteError('unavailable', notSatchel(call.server));
  };
}

/** Options that all requests share. A redirect could take the token to another host. */
export function requestInit({ token }: Target, accept: string): RequestInit {
  const headers: Record<string, string> = {
    accept,
    [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return { headers, redirect: 'error', credentials: 'omit', cache: 'no-store' };
}

/** The error that an answer outside 200–299 stands for. */
export function refusalOf(server: string, status: number, text: string): RemoteError {
  const parsed = errorSchema.safeParse(jsonOf(text));
  if (parsed.success) return new RemoteError(parsed.data.error.code, parsed.data.error.message);
  const host = hostOf(server);
  if (status === 401) return new RemoteError('unauthorized', `${host} asks to sign in again`);
  if (status === 403) return new RemoteError('forbidden', `${host} does not allow that`);
  if (status === 404) return new RemoteError('not-found', notSatchel(server));
  if (status === 413) return new RemoteError('too-large', `That is too much at once for ${host}`);
  if (status === 429) return new RemoteError('too-many-requests', `${host} asks to wait a little`);
  return new RemoteError('unavailable', `${host} can’t answer now (it said ${status})`);
}

/** The error that a failed connection stands for. */
export function offline(server: string, reason = ''): RemoteError {
  const why = reason === '' ? '' : ` (${reason})`;
  return new RemoteError('offline', `No answer from ${hostOf(server)}${why}`);
}

async function exchange(fetch: Fetch, call: Call<z.ZodType>, timeoutMs: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const init = { ...initOf(call), signal: controller.signal };
    const response = await fetch(call.server + call.path, init);
    return { response, text: await response.text() };
  } catch (error) {
    const seconds = Math.round(timeoutMs / 1000);
    throw offline(call.server, controller.signal.aborted ? `in ${seconds} s` : reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

function initOf(call: Call<z.ZodType>): RequestInit {
  const init = { ...requestInit(call, 'application/json'), method: call.method };
  if (call.body === undefined) return init;
  const headers = { ...init.headers, 'content-type': 'application/json' };
  return { ...init, headers, body: JSON.stringify(call.body) };
}

const REASONS: readonly [pattern: RegExp, words: string][] = [
  [/REFUSED/, 'connection refused'],
  [/NAME_NOT_RESOLVED|ENOTFOUND|EAI_AGAIN/, 'there is no such address, or no network'],
  [/INTERNET_DISCONNECTED|ENETUNREACH|ADDRESS_UNREACHABLE/, 'no network'],
  [/CERT|SSL/, 'its certificate is not trusted'],
  [/REDIRECT/, 'it points to another address'],
  [/UNSAFE_PORT/, 'that port is reserved for something else'],
];

/** Why a fetch failed, as far as its error tells. */
export function reasonOf(error: unknown): string {
  const said: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    said.push(at.message, 'code' in at ? String(at.code) : '');
  }
  const text = said.join(' ');
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? '';
}

function notSatchel(server: string): string {
  return `${hostOf(server)} does not answer like a Satchel server: check its address`;
}

function hostOf(server: string): string {
  return parseUrl(server)?.host ?? server;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
