import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KnownFiles } from './known-files.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();

function csvIn(folder: string): string {
  const file = path.join(folder, 'leads.csv');
  writeFileSync(file, 'Name,Phone\n');
  return file;
}

test('the window gets a name and a size, and an id that tells nothing of the path', async () => {
  const files = new KnownFiles();
  const file = csvIn(newFolder());
  const ref = await files.register(file);
  expect(ref).toEqual({ fileId: expect.any(String), name: 'leads.csv', bytes: 11 });
  expect(JSON.stringify(ref)).not.toContain(path.dirname(file));
  expect(files.get(ref.fileId).path).toBe(file);
  expect((await files.register(file)).fileId).not.toBe(ref.fileId);
});

test('what is no file on this laptop is refused', async () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'more'));
  for (const file of ['', 'leads.csv', path.join(folder, 'no.csv'), path.join(folder, 'more')]) {
    await expect(new KnownFiles().register(file)).rejects.toMatchObject({ code: 'unreadable' });
  }
});

test('an id that was not given out is unknown, and the oldest are forgotten', async () => {
  const files = new KnownFiles();
  expect(() => files.get('made-up')).toThrow('choose it again');
  const file = csvIn(newFolder());
  const first = await files.register(file);
  for (let more = 0; more < 100; more++) await files.register(file);
  expect(() => files.get(first.fileId)).toThrow('choose it again');
});
