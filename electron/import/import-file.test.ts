import { appendFile, rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { ImportPlan } from '../../shared/csv/mapping.ts';
import type { Batch } from './batch-sender.ts';
import { type ImportEnd, type ImportSink, importFile } from './import-file.ts';
import { testFiles } from './test-files.ts';

const files = testFiles();

const plan = (change: Partial<ImportPlan> = {}): ImportPlan => ({
  format: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
  targets: [{ to: 'name' }, { to: 'phone' }, { to: 'custom', label: 'Note', type: 'text' }],
  mode: 'fillBlanks',
  country: 'DE',
  ...change,
});

/** A store that remembers, and answers each batch as `answer` does. */
class Store implements ImportSink {
  begun: unknown;
  batches: Batch[] = [];
  ended: ImportEnd | undefined;
  underWay = 0;
  mostUnderWay = 0;

  constructor(private readonly answer: (batch: Batch) => Promise<unknown> = async () => ({})) {}

  async begin(input: unknown) {
    this.begun = input;
  }

  async rows(batch: Batch) {
    expect(this.ended).toBeUndefined();
    this.batches.push(batch);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    await this.answer(batch).finally(() => this.underWay--);
  }

  async end(end: ImportEnd) {
    expect(this.underWay).toBe(0);
    this.ended = end;
  }

  get rowsTaken() {
    return this.batches.flatMap(({ rows }) => rows);
  }

  get rejected() {
    return this.batches.flatMap(({ rejected }) => rejected);
  }

  get blank() {
    return this.batches.reduce((sum, { blank }) => sum + blank, 0);
  }
}

const never = new AbortController().signal;
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => `P${i},0151 2${1_000_000 + i},note ${i}\n`).join('');

describe('importing a file', () => {
  test('brings its rows, the rejected and the blank, and what fields there are', async () => {
    const content = [
      'Name,Phone,Note',
      'Eva,0151 23456789,"line 1\nline 2"',
      '',
      ' , ,',
      'Ali,ask him,',
      'Tom,030 1234567,a,b',
      `Max,030 1234568,${'x'.repeat(10_001)}`,
      'Zoe,+49 151 23456789',
    ].join('\r\n');
    const path = await files.write('leads.csv', content);
    const store = new Store();
    expect(await importFile(path, plan(), store, never)).toEqual({ stopped: null, problem: '' });
    expect(store.begun).toEqual({
      fileName: 'leads.csv',
      totalBytes: content.length,
      mode: 'fillBlanks',
      fields: [{ id: 'c/note', label: 'Note', type: 'text', order: 30 }],
    });
    expect(store.rowsTaken).toEqual([
      {
        line: 2,
        key: '+4915123456789',
        values: { name: 'Eva', phone: '0151 23456789', 'c/note': 'line 1\nline 2' },
      },
      { line: 6, key: expect.stringMatching(/^x:/), values: { name: 'Ali', phone: 'ask him' } },
      { line: 9, key: '+4915123456789', values: { name: 'Zoe', phone: '+49 151 23456789' } },
    ]);
    expect(store.rejected).toEqual([
      { line: 7, reason: 'more values than columns (4 of 3)' },
      { line: 8, reason: 'a value is longer than 10,000 characters (10,001)' },
    ]);
    expect(store.blank).toBe(2);
    expect(store.batches.at(-1)?.bytesRead).toBe(content.length);
    expect(store.ended).toEqual({ stopped: null, problem: '' });
  });

  test('sends batches of 500, no more than two at a time', async () => {
    const path = await files.write('leads.csv', `Name,Phone,Note\n${people(3210)}`);
    const store = new Store(() => new Promise((resolve) => setTimeout(resolve, 2)));
    await importFile(path, plan(), store, never);
    expect(store.batches.map(({ rows }) => rows.length)).toEqual([
      500, 500, 500, 500, 500, 500, 210,
    ]);
    expect(store.mostUnderWay).toBe(2);
    expect(store.rowsTaken.map(({ line }) => line)).toEqual(
      Array.from({ length: 3210 }, (_, i) => i + 2),
    );
  });

  test('waits for a store that is slow', async () => {
    const path = await files.write('leads.csv', `Name,Phone,Note\n${people(5000)}`);
    const answers: (() => void)[] = [];
    const store = new Store(() => new Promise<void>((resolve) => answers.push(resolve)));
    const done = importFile(path, plan(), store, never);
    await expect.poll(() => store.batches.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(store.batches.length).toBe(2);
    const pump = setInterval(() => answers.shift()?.(), 1);
    await done;
    clearInterval(pump);
    expect(store.batches.length).toBe(10);
  });

  test('a stray quote costs one row', async () => {
    const content = `Name,Phone,Note\n${people(1000)}"Eva,0151 23456789,x\n${people(1000)}`;
    const store = new Store();
    await importFile(await files.write('leads.csv', content), plan(), store, never);
    expect(store.rowsTaken.length).toBe(2000);
    expect(store.rejected).toEqual([
      { line: 1002, reason: 'a quotation mark (") opens here and is never closed' },
    ]);
  });

  test('without a header takes the first row too', async () => {
    const path = await files.write('leads.csv', 'sep=;\nEva;030 1234567\n');
    const store = new Store();
    const format = { encoding: 'utf-8', delimiter: ';', hasHeader: false } as const;
    await importFile(path, plan({ format }), store, never);
    expect(store.rowsTaken).toMatchObject([{ line: 2, key: '+49301234567' }]);
  });

  test.each(['utf-16le', 'utf-16be', 'windows-1252'] as const)('reads %s', async (encoding) => {
    const content = `Name,Phone,Note\n${'Zoë,030 1234567,ü\n'.repeat(30_000)}`;
    const bytes =
      encoding === 'windows-1252'
        ? Buffer.from(content, 'latin1')
        : Buffer.from(`\ufeff${content}`, 'utf16le');
    const path = await files.write('leads.csv', encoding === 'utf-16be' ? bytes.swap16() : bytes);
    const store = new Store();
    await importFile(
      path,
      plan({ format: { encoding, delimiter: ',', hasHeader: true } }),
      store,
      never,
    );
    expect(store.rowsTaken.length).toBe(30_000);
    expect(new Set(store.rowsTaken.map(({ values }) => JSON.stringify(values))).size).toBe(1);
  });
});

describe('an import that is stopped', () => {
  test('by its person: cancelled within a batch', async () => {
    const path = await files.write('leads.csv', `Name,Phone,Note\n${people(10_000)}`);
    const abort = new AbortController();
    const store = new Store(async () => abort.abort());
    const end = { stopped: 'cancelled', problem: '' };
    expect(await importFile(path, plan(), store, abort.signal)).toEqual(end);
    expect(store.ended).toEqual(end);
    expect(store.batches.length).toBeLessThanOrEqual(2);
  });

  test('by the store: with its words, and nothing more is sent', async () => {
    const path = await files.write('leads.csv', `Name,Phone,Note\n${people(10_000)}`);
    let batches = 0;
    const store = new Store(async () => {
      if (++batches === 3) throw new Error('The disk is full.');
    });
    const end = { stopped: 'failed', problem: 'The disk is full.' };
    expect(await importFile(path, plan(), store, never)).toEqual(end);
    expect(store.ended).toEqual(end);
    expect(store.batches.length).toBeLessThanOrEqual(4);
  });

  test('by a store that will not even begin', async () => {
    const path = await files.write('leads.csv', 'Name,Phone,Note\n');
    const store = new Store();
    store.begin = async () => {
      throw new Error('no store');
    };
    await expect(importFile(path, plan(), store, never)).rejects.toThrow('no store');
    expect(store.ended).toBeUndefined();
  });

  test.each([
    ['changed', (path: string) => appendFile(path, 'Eva,030 1,x\n'), /was changed while/],
    ['deleted', (path: string) => rm(path), /disappeared while/],
  ])('because the file was %s meanwhile', async (_, harm, problem) => {
    const path = await files.write('leads.csv', `Name,Phone,Note\n${people(2000)}`);
    let harmed: Promise<void> | undefined;
    const store = new Store(() => {
      harmed ??= harm(path);
      return harmed;
    });
    const end = await importFile(path, plan(), store, never);
    expect(end).toEqual({ stopped: 'failed', problem: expect.stringMatching(problem) });
    expect(store.ended).toEqual(end);
  });

  test('because it is not there', async () => {
    const store = new Store();
    await expect(importFile(files.path('none.csv'), plan(), store, never)).rejects.toMatchObject({
      code: 'unreadable',
    });
    expect(store.begun).toBeUndefined();
  });
});

describe('memory does not grow with the file', () => {
  const MIB = 1024 * 1024;
  const SIZE = 200 * MIB;
  afterEach(() => rm(files.path('huge.csv'), { force: true }));

  async function hugeFile(head: string, filling: string): Promise<string> {
    const path = await files.write('huge.csv', head);
    const block = Buffer.alloc(10 * MIB, filling);
    for (let written = 0; written < SIZE; written += block.length) await appendFile(path, block);
    return path;
  }

  /** Most memory taken while importing, in MiB beyond what was there before. */
  async function importWatched(path: string): Promise<{ store: Store; growth: number }> {
    const used = () => {
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / MIB;
    };
    const before = used();
    let most = before;
    const store = new Store(async () => {
      most = Math.max(most, used());
    });
    await importFile(path, plan(), store, never);
    return { store, growth: Math.max(most, used()) - before };
  }

  test.each([
    ['a single line', 'Name,Phone,Note\nEva,030 1234567,', 'x'],
    ['an unclosed quote and a single line', 'Name,Phone,Note\nEva,030 1234567,"', 'x,'],
  ])(
    '%s of 200 MB is one rejected row',
    async (_, head, filling) => {
      const { store, growth } = await importWatched(await hugeFile(head, filling));
      expect(store.rejected).toEqual([{ line: 2, reason: 'the row is longer than 1 MiB' }]);
      expect(store.rowsTaken).toEqual([]);
      expect(store.ended?.stopped).toBeNull();
      // A sign of life every 4 MiB, for the progress bar.
      expect(store.batches.length).toBeGreaterThan(40);
      expect(growth).toBeLessThan(120);
    },
    120_000,
  );

  test('an unclosed quote before 200 MB of long lines costs one row', async () => {
    const head = `Name,Phone,Note\nEva,030 1234567,"\n${'Ali,030 1234568,x\n'.repeat(3)}`;
    const { store, growth } = await importWatched(
      await hugeFile(head, `${'word '.repeat(20_000)}\n`),
    );
    const [stray, ...long] = store.rejected;
    expect(stray?.reason).toBe('a quotation mark (") opens here and is not closed within 1 MiB');
    expect(stray?.line).toBe(2);
    expect(store.rowsTaken.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(long.length).toBeGreaterThan(2000);
    expect(growth).toBeLessThan(120);
  }, 120_000);
});
