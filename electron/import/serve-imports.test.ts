import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { ImportPlan } from '../../shared/csv/mapping.ts';
import { importContract } from '../../shared/ipc/import-contract.ts';
import { type Handlers, type Port, serve } from '../../shared/ipc/rpc.ts';
import { type ImportChild, importProcess } from './import-client.ts';
import { type ImportParent, type StorePort, serveImports } from './serve-imports.ts';
import { testFiles } from './test-files.ts';

const files = testFiles();

/** Both ends of a utility process, without the process. */
function fakeProcess() {
  const toParent = new EventEmitter();
  const toChild = new EventEmitter();
  const later = (emit: () => void) => void setImmediate(emit);
  const child: ImportChild<StorePort> = {
    postMessage: (data, ports = []) =>
      later(() => toChild.emit('message', { data: structuredClone(data), ports })),
    on: (event, listener) => toParent.on(event, listener),
    once: (event, listener) => toParent.once(event, listener),
    kill: () => toParent.emit('exit', 0),
  };
  const parent: ImportParent = {
    postMessage: (data) => later(() => toParent.emit('message', structuredClone(data))),
    on: (event, listener) => toChild.on(event, listener),
  };
  serveImports(parent);
  return { imports: importProcess(child), crash: () => toParent.emit('exit', 1) };
}

/** A Node port as Electron's MessagePortMain. */
function electronPort(port: MessagePort): StorePort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** A store that answers by `handlers`, and the port to it. */
function store(handlers: Partial<Handlers<typeof importContract>> = {}) {
  const { port1, port2 } = new MessageChannel();
  const calls: [string, unknown][] = [];
  const remember = <M extends 'begin' | 'rows' | 'end'>(method: M) => ({
    [method]: async (input: never) => {
      calls.push([method, input]);
      return (await handlers[method]?.(input)) ?? {};
    },
  });
  const served: Port = {
    post: (message) => port1.postMessage(message),
    listen: (onMessage) => port1.on('message', onMessage),
    close: () => port1.close(),
  };
  const all = { ...remember('begin'), ...remember('rows'), ...remember('end') };
  serve(served, importContract, all as Handlers<typeof importContract>);
  return { calls, port: electronPort(port2), close: () => port1.close() };
}

const PLAN: ImportPlan = {
  format: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
  targets: [{ to: 'name' }, { to: 'phone' }],
  mode: 'skip',
  country: 'DE',
};

test('the main process inspects a file and imports it into the store', async () => {
  const path = await files.write('leads.csv', 'Name,Phone\nEva,030 1234567\n');
  const { imports } = fakeProcess();
  const { format, columns } = await imports.inspect(path);
  const plan = { ...PLAN, format, targets: columns.map(({ suggested }) => suggested) };
  const { calls, port } = store();
  expect(await imports.start({ importId: 'i1', path, plan }, port)).toEqual({
    stopped: null,
    problem: '',
  });
  expect(calls).toEqual([
    ['begin', { importId: 'i1', fileName: 'leads.csv', totalBytes: 27, mode: 'skip', fields: [] }],
    ['rows', expect.objectContaining({ rows: [expect.objectContaining({ key: '+49301234567' })] })],
    ['end', { stopped: null, problem: '' }],
  ]);
});

test('errors keep their code and words', async () => {
  const { imports } = fakeProcess();
  const path = await files.write('empty.csv', '');
  const error = await imports.inspect(path).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'empty', message: 'The file is empty.' });
  const started = imports.start(
    { importId: 'i1', path: files.path('no.csv'), plan: PLAN },
    store().port,
  );
  await expect(started).rejects.toMatchObject({ code: 'unreadable' });
});

test('an import is cancelled, and no second one runs beside it', async () => {
  const path = await files.write('leads.csv', `Name,Phone\n${'Eva,030 1234567\n'.repeat(20_000)}`);
  const { imports } = fakeProcess();
  const { calls, port } = store({
    rows: async () => {
      void imports.cancel();
      return new Promise((resolve) => setTimeout(() => resolve({}), 20));
    },
  });
  const first = imports.start({ importId: 'i1', path, plan: PLAN }, port);
  const second = imports.start({ importId: 'i2', path, plan: PLAN }, store().port);
  await expect(second).rejects.toMatchObject({ code: 'busy' });
  expect(await first).toEqual({ stopped: 'cancelled', problem: '' });
  expect(calls.at(-1)).toEqual(['end', { stopped: 'cancelled', problem: '' }]);
  const third = await imports.start({ importId: 'i3', path, plan: PLAN }, store().port);
  expect(third.stopped).toBeNull();
});

test('a store that goes away ends the import', async () => {
  const path = await files.write('leads.csv', `Name,Phone\n${'Eva,030 1234567\n'.repeat(20_000)}`);
  const { imports } = fakeProcess();
  const { port, close } = store({
    rows: () => {
      close();
      return new Promise(() => {});
    },
  });
  const end = await imports.start({ importId: 'i1', path, plan: PLAN }, port);
  expect(end.stopped).toBe('failed');
  expect(end.problem).toContain('The window was closed');
});

test('a process that crashes fails what it had to do', async () => {
  const path = await files.write('leads.csv', 'Name,Phone\nEva,030 1234567\n');
  const { imports, crash } = fakeProcess();
  const { port } = store({ rows: () => new Promise(() => {}) });
  const started = imports.start({ importId: 'i1', path, plan: PLAN }, port);
  setTimeout(crash, 50);
  await expect(started).rejects.toMatchObject({ code: 'crashed' });
  await expect(imports.inspect(path)).rejects.toMatchObject({ code: 'crashed' });
});
