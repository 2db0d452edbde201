/**
 * Typed calls over message ports: between the window and its store worker, between the worker and
 * the main process, and between the import process and the worker. A contract names the methods
 * that one side serves and the events it emits; every message is parsed on arrival.
 */
import { z } from 'zod';

export interface Method {
  input: z.ZodType;
  output: z.ZodType;
}

export interface Contract {
  methods: Record<string, Method>;
  events: Record<string, z.ZodType>;
}

type Methods<C extends Contract> = C['methods'];
type Events<C extends Contract> = C['events'];

export type Input<C extends Contract, M extends keyof Methods<C>> = z.input<Methods<C>[M]['input']>;
export type Output<C extends Contract, M extends keyof Methods<C>> = z.output<
  Methods<C>[M]['output']
>;

/** What a DOM MessagePort, a Worker's scope and Electron's MessagePortMain have in common. */
export interface Port {
  post(message: unknown): void;
  /** Calls back with the data of each message. */
  listen(onMessage: (data: unknown) => void): void;
  close(): void;
}

export type Handlers<C extends Contract> = {
  [M in keyof Methods<C>]: (
    input: z.output<Methods<C>[M]['input']>,
  ) => Promise<z.input<Methods<C>[M]['output']>>;
};

export interface Client<C extends Contract> {
  call<M extends keyof Methods<C> & string>(method: M, input: Input<C, M>): Promise<Output<C, M>>;
  /** @returns a function that stops listening */
  on<E extends keyof Events<C> & string>(
    event: E,
    listener: (payload: z.output<Events<C>[E]>) => void,
  ): () => void;
  close(): void;
}

export interface Server<C extends Contract> {
  emit<E extends keyof Events<C> & string>(event: E, payload: z.input<Events<C>[E]>): void;
  close(): void;
}

/** An error that the other side answered with: its code is what a caller acts on. */
export class RemoteError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'RemoteError';
  }
}

const requestSchema = z.object({ call: z.number(), method: z.string(), input: z.unknown() });
const answerSchema = z.object({
  answer: z.number(),
  output: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
const eventSchema = z.object({ event: z.string(), payload: z.unknown() });

/** Answers the calls that arrive on `port`. */
export function serve<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
): Server<C> {
  port.listen((data) => {
    const request = requestSchema.safeParse(data);
    if (request.success) void answer(port, contract, handlers, request.data);
  });
  return {
    emit: (event, payload) => port.post({ event, payload }),
    close: () => port.close(),
  };
}

/** Calls what the other end of `port` serves. A closed client rejects what is under way. */
export function connect<C extends Contract>(port: Port, contract: C): Client<C> {
  const pending = new Map<number, (answer: z.output<typeof answerSchema>) => void>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let calls = 0;

  port.listen((data) => {
    const answered = answerSchema.safeParse(data);
    if (answered.success) {
      pending.get(answered.data.answer)?.(answered.data);
      pending.delete(answered.data.answer);
      return;
    }
    const event = eventSchema.safeParse(data);
    if (event.success) deliver(contract, listeners, event.data);
  });

  return {
    call: (method, input) =>
      new Promise((resolve, reject) => {
        const call = ++calls;
        pending.set(call, ({ output, error }) => {
          if (error) return reject(new RemoteError(error.code, error.message));
          const parsed = contract.methods[method]?.output.safeParse(output);
          if (parsed?.success) resolve(parsed.data as Output<C, typeof method>);
          else reject(new RemoteError('invalid', `unreadable answer to ${method}`));
        });
        port.post({ call, method, input });
      }),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      const untyped = listener as (payload: unknown) => void;
      set.add(untyped);
      return () => set.delete(untyped);
    },
    close: () => {
      port.close();
      for (const [id, settle] of pending) {
        settle({ answer: id, error: { code: 'closed', message: 'The connection was closed' } });
      }
      pending.clear();
    },
  };
}

/** The code and message with which an error crosses to the other side. */
export function toWireError(error: unknown): { code: string; message: string } {
  if (error instanceof z.ZodError) return { code: 'invalid', message: z.prettifyError(error) };
  if (!(error instanceof Error)) return { code: 'failed', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  return { code, message: error.message };
}

async function answer<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
  { call, method, input }: z.output<typeof requestSchema>,
): Promise<void> {
  try {
    const definition = Object.hasOwn(contract.methods, method)
      ? contract.methods[method]
      : undefined;
    const handler = handlers[method];
    if (!definition || !handler) throw new RemoteError('invalid', `no method ${method}`);
    const parsed = definition.input.parse(input) as Parameters<typeof handler>[0];
    port.post({ answer: call, output: await handler(parsed) });
  } catch (error) {
    port.post({ answer: call, error: toWireError(error) });
  }
}

function deliver(
  contract: Contract,
  listeners: Map<string, Set<(payload: unknown) => void>>,
  { event, payload }: z.output<typeof eventSchema>,
): void {
  const parsed = contract.events[event]?.safeParse(payload);
  if (!parsed?.success) return;
  for (const listener of listeners.get(event) ?? []) listener(parsed.data);
}
