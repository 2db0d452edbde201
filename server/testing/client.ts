/** A laptop, as far as the server can tell. */
import { createParser } from 'eventsource-parser';
import {
  type CreateTeam,
  invitationSchema,
  parseInvitation,
  type Session,
  sessionSchema,
} from '../../shared/protocol/accounts.ts';
import { errorSchema } from '../../shared/protocol/errors.ts';
import {
  type PullResponse,
  type PushResponse,
  pullResponseSchema,
  pushResponseSchema,
} from '../../shared/protocol/sync.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import { type WorkspaceKind, workspaceKindOf } from '../../shared/record/collections.ts';
import { type Base, baseOf } from '../../shared/record/conflicts.ts';
import { type RecordState, recordSchema } from '../../shared/record/record.ts';

export const PASSWORD = 'correct horse battery';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface RequestOptions {
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
}

/** One request; a body that is a string is sent as it is. */
export async function request(
  address: string,
  method: string,
  path: string,
  { body, token, headers }: RequestOptions = {},
): Promise<Answer> {
  const response = await fetch(address + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

/** Status and code of a refusal. @throws ZodError when it is not in the form of refusals */
export function refusalOf({ status, body }: Answer): [status: number, code: string] {
  return [status, errorSchema.parse(body).error.code];
}

let people = 0;

/** An e-mail address nobody else has. */
export function newEmail(): string {
  return `person${++people}.${process.pid}.${Date.now().toString(36)}@example.org`;
}

export function teamInput(changes: Partial<CreateTeam> = {}): CreateTeam {
  return {
    teamName: 'Team',
    name: 'Ann',
    email: newEmail(),
    password: PASSWORD,
    country: 'DE',
    timeZone: 'Europe/Berlin',
    ...changes,
  };
}

/** A signed-in member. */
export class Client {
  /** What it takes for the server's records, by collection and id. */
  private readonly assumed = new Map<string, RecordState>();
  /** That of the last pull. */
  private history = '';

  constructor(
    readonly address: string,
    readonly session: Session,
  ) {}

  /** The admin of a new team. */
  static async ofNewTeam(address: string, changes: Partial<CreateTeam> = {}): Promise<Client> {
    const { status, body } = await request(address, 'POST', '/v1/teams', {
      body: teamInput(changes),
    });
    if (status !== 201) throw new Error(`no team: ${JSON.stringify(body)}`);
    return new Client(address, sessionSchema.parse(body));
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    return request(this.address, method, path, { token: this.session.token, ...options });
  }

  /** The code of a new invitation. */
  async invite(): Promise<string> {
    const { body } = await this.request('POST', '/v1/invitations');
    const code = parseInvitation(invitationSchema.parse(body).invitation)?.code;
    if (code === undefined) throw new Error('unreadable invitation');
    return code;
  }

  /** Somebody new who joins the team. */
  async colleague(): Promise<Client> {
    const { body } = await request(this.address, 'POST', '/v1/join', {
      body: { code: await this.invite(), name: 'Bob', email: newEmail(), password: PASSWORD },
    });
    return new Client(this.address, sessionSchema.parse(body));
  }

  /** The same member by another address of the server. */
  through(address: string): Client {
    return new Client(address, this.session);
  }

  /** Pushes with the bases that a laptop would send. */
  async push(collection: CollectionName, ...records: unknown[]): Promise<PushResponse> {
    const rows = records.map((record) => this.row(collection, record));
    const response = await this.pushRows(collection, rows);
    const refused = new Set(response.refused.map(({ id }) => id));
    const taken = records.flatMap((record) => recordSchema.safeParse(record).data ?? []);
    this.assume(
      collection,
      taken.filter(({ id }) => !refused.has(id)),
    );
    this.assume(collection, response.merged);
    return response;
  }

  /** A row as a laptop sends it that has seen what this client pushed and pulled. */
  row(collection: CollectionName, record: unknown): { record: unknown; base: Base } {
    const { data } = recordSchema.safeParse(record);
    const base: Base = { person: {}, machine: {}, died: null };
    if (data === undefined) return { record, base };
    return { record, base: baseOf(data, this.assumed.get(`${collection} ${data.id}`)) };
  }

  async pushRows(collection: CollectionName, rows: unknown[]): Promise<PushResponse> {
    const answer = await this.request('POST', `/v1/sync/${collection}/push`, { body: { rows } });
    if (answer.status !== 200) throw new Error(`push: ${JSON.stringify(answer.body)}`);
    return pushResponseSchema.parse(answer.body);
  }

  async pull(
    collection: CollectionName,
    since = 0,
    limit = 1000,
    history = this.history,
  ): Promise<PullResponse> {
    const query = `since=${since}&limit=${limit}&history=${history}`;
    const answer = await this.request('GET', `/v1/sync/${collection}/pull?${query}`);
    if (answer.status !== 200) throw new Error(`pull: ${JSON.stringify(answer.body)}`);
    const response = pullResponseSchema.parse(answer.body);
    this.history = response.history;
    this.assume(collection, response.records);
    return response;
  }

  /** The records of one kind in the workspace. */
  async pullKind(kind: WorkspaceKind): Promise<RecordState[]> {
    const { records } = await this.pull('workspace');
    return records.filter(({ id }) => workspaceKindOf(id)?.kind === kind);
  }

  private assume(collection: CollectionName, records: readonly RecordState[]): void {
    for (const record of records) this.assumed.set(`${collection} ${record.id}`, record);
  }

  async stream(): Promise<Stream> {
    const abort = new AbortController();
    const response = await fetch(`${this.address}/v1/sync/stream`, {
      headers: { authorization: `Bearer ${this.session.token}` },
      signal: abort.signal,
    });
    if (response.body === null || !response.ok) throw new Error(`stream: ${response.status}`);
    return new Stream(response.headers, response.body, abort);
  }
}

interface Happening {
  event: string;
  data: unknown;
}

/** What a stream tells, in order; comments as events named `comment`. */
export class Stream {
  /** Resolves when the server ended the stream, or the client did. */
  readonly ended: Promise<void>;
  private readonly happenings: Happening[] = [];
  private notify: () => void = () => {};

  constructor(
    readonly headers: Headers,
    body: ReadableStream<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(body).catch(() => {});
  }

  /** The next event that is no comment. */
  next(waitMs = 5000): Promise<Happening> {
    return this.take(({ event }) => event !== 'comment', waitMs);
  }

  comment(waitMs = 5000): Promise<Happening> {
    return this.take(({ event }) => event === 'comment', waitMs);
  }

  /** The events that are there now, comments aside. */
  waiting(): Happening[] {
    return this.happenings.filter(({ event }) => event !== 'comment');
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async take(isIt: (happening: Happening) => boolean, waitMs: number): Promise<Happening> {
    const until = Date.now() + waitMs;
    for (;;) {
      const index = this.happenings.findIndex(isIt);
      const [found] = index < 0 ? [] : this.happenings.splice(index, 1);
      if (found !== undefined) return found;
      if (Date.now() >= until) throw new Error('nothing came by the stream');
      await new Promise<void>((resolve) => {
        this.notify = resolve;
        setTimeout(resolve, until - Date.now());
      });
    }
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const add = (event: string, data: unknown) => {
      this.happenings.push({ event, data });
      this.notify();
    };
    const parser = createParser({
      onEvent: ({ event, data }) => add(event ?? 'message', JSON.parse(data)),
      onComment: (text) => add('comment', text),
    });
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  }
}
