import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportPlan } from '../shared/csv/mapping.ts';
import { ImportHost } from './import-host.ts';

interface Request {
  call: number;
  method: string;
  input: unknown;
}

/** An import process whose answers a test gives by hand. */
class FakeChild extends EventEmitter {
  readonly requests: Request[] = [];
  readonly ports: unknown[] = [];
  kill = vi.fn(() => this.emit('exit', 0));

  postMessage(message: unknown, transfer: string[] = []): void {
    this.ports.push(...transfer);
    if (typeof message === 'object' && message && 'call' in message) {
      this.requests.push(message as Request);
    }
  }

  answer(method: string, answer: object): void {
    const request = this.requests.find((asked) => asked.method === method);
    this.emit('message', { answer: request?.call, ...answer });
  }
}

const FILE = { fileId: 'f', name: 'leads.csv', bytes: 11, path: '/home/ana/leads.csv' };
const PLAN: ImportPlan = {
  format: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
  targets: [{ to: 'phone' }],
  mode: 'fillBlanks',
  country: 'MX',
};
const { name: fileName, bytes } = FILE;
const INSPECTION = {
  fileName,
  bytes,
  format: PLAN.format,
  columns: [],
  rows: { count: 0, exact: true },
};

let children: FakeChild[];
let host: ImportHost<string>;
const port = vi.fn();
const failed = vi.fn();

beforeEach(() => {
  children = [];
  port.mockReset();
  failed.mockReset();
  const fork = () => {
    const child = new FakeChild();
    children.push(child);
    return child;
  };
  const newChannel = () => ({ forProcess: 'for the process', forWindow: 'for the window' });
  host = new ImportHost({ fork, newChannel }, { port, failed });
});

function child(at = 0): FakeChild {
  const found = children[at];
  if (!found) throw new Error('no process was started');
  return found;
}

async function started(): Promise<FakeChild> {
  host.start('i1', FILE, PLAN);
  await vi.waitFor(() => expect(child().requests).toHaveLength(1));
  return child();
}

describe('a look at a file', () => {
  test('is a process of its own that ends with it', async () => {
    const inspecting = host.inspect(FILE);
    await vi.waitFor(() => child().answer('inspect', { output: INSPECTION }));
    expect(await inspecting).toEqual(INSPECTION);
    expect(child().requests).toMatchObject([{ input: { path: FILE.path } }]);
    expect(child().kill).toHaveBeenCalledOnce();
  });

  test('passes on why the file can’t be read', async () => {
    const error = { code: 'empty', message: 'The file is empty' };
    const inspecting = expect(host.inspect(FILE)).rejects.toMatchObject(error);
    await vi.waitFor(() => expect(child().requests).toHaveLength(1));
    child().answer('inspect', { error });
    await inspecting;
    expect(child().kill).toHaveBeenCalledOnce();
  });

  test('fails in plain words when the process crashes', async () => {
    const inspecting = expect(host.inspect(FILE)).rejects.toMatchObject({ code: 'crashed' });
    await vi.waitFor(() => expect(child().requests).toHaveLength(1));
    child().emit('exit', 1);
    await inspecting;
  });
});

describe('an import', () => {
  test('joins process and store, and ends with the file', async () => {
    const process = await started();
    expect(process.requests).toMatchObject([
      { method: 'start', input: { importId: 'i1', path: FILE.path, plan: PLAN } },
    ]);
    expect(process.ports).toEqual(['for the process']);
    expect(port).toHaveBeenCalledExactlyOnceWith('i1', 'for the window');
    process.answer('start', { output: { stopped: null, problem: '' } });
    await vi.waitFor(() => expect(process.kill).toHaveBeenCalledOnce());
    expect(failed).not.toHaveBeenCalled();
  });

  test('a crash is told in plain words', async () => {
    (await started()).emit('exit', 139);
    await vi.waitFor(() =>
      expect(failed).toHaveBeenCalledExactlyOnceWith(
        'i1',
        expect.stringContaining('stopped unexpectedly'),
      ),
    );
  });

  test('a refusal is told as well', async () => {
    const error = { code: 'unreadable', message: 'The file is not there any more' };
    (await started()).answer('start', { error });
    await vi.waitFor(() => expect(failed).toHaveBeenCalledWith('i1', error.message));
    expect(child().kill).toHaveBeenCalledOnce();
  });

  test('cancelling asks the process, whose end is then no failure', async () => {
    const process = await started();
    const cancelling = host.cancel('i1');
    await vi.waitFor(() => expect(process.requests).toHaveLength(2));
    process.answer('cancel', { output: {} });
    process.answer('start', { output: { stopped: 'cancelled', problem: '' } });
    await cancelling;
    await vi.waitFor(() => expect(process.kill).toHaveBeenCalledOnce());
    expect(failed).not.toHaveBeenCalled();
  });

  test('cancelling what has ended, or never was, does nothing', async () => {
    await expect(host.cancel('i0')).resolves.toBeUndefined();
  });

  test('the same import is not started twice', async () => {
    await started();
    expect(() => host.start('i1', FILE, PLAN)).toThrow('under way');
    expect(children).toHaveLength(1);
  });

  test('imports of a page that is gone end without a word', async () => {
    const process = await started();
    host.abandon();
    expect(process.kill).toHaveBeenCalled();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(failed).not.toHaveBeenCalled();
  });
});
