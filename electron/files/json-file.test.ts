import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { writeAtomically } from './atomic-write.ts';
import { JsonFile } from './json-file.ts';

const newFolder = temporaryFolders();
const schema = z.object({ count: z.number() });

function fileIn(folder: string) {
  return new JsonFile(path.join(folder, 'state.json'), schema, () => ({ count: 0 }));
}

test('a missing file stands for its initial content', () => {
  expect(fileIn(newFolder()).read()).toEqual({ count: 0 });
});

test('what was written is read, by the owner only, with nothing left beside it', () => {
  const folder = newFolder();
  fileIn(folder).write({ count: 7 });
  expect(fileIn(folder).read()).toEqual({ count: 7 });
  expect(readdirSync(folder)).toEqual(['state.json']);
  if (process.platform !== 'win32') {
    expect(statSync(path.join(folder, 'state.json')).mode & 0o777).toBe(0o600);
  }
});

test.each(['', '{"count":', '{"count":"seven"}', '[]', '\0\0\0'])(
  'a damaged file (%j) is set aside, not lost',
  (content) => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const folder = newFolder();
    writeFileSync(path.join(folder, 'state.json'), content);
    expect(fileIn(folder).read()).toEqual({ count: 0 });
    fileIn(folder).write({ count: 1 });
    const aside = readdirSync(folder).find((name) => name.startsWith('state.json.damaged-'));
    expect(readFileSync(path.join(folder, aside ?? ''), 'utf8')).toBe(content);
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  },
);

test('damaged twice, both are kept', () => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  const folder = newFolder();
  for (const content of ['first', 'second']) {
    writeFileSync(path.join(folder, 'state.json'), content);
    fileIn(folder).read();
  }
  expect(readdirSync(folder)).toHaveLength(2);
  said.mockRestore();
});

test('a write that fails leaves what was there', () => {
  const folder = newFolder();
  const file = path.join(folder, 'occupied');
  fileIn(file.replace('occupied', '')).write({ count: 3 });
  // A folder can't be replaced by a file, so the rename is what fails.
  expect(() => writeAtomically(folder, 'text')).toThrow();
  expect(fileIn(folder).read()).toEqual({ count: 3 });
  expect(readdirSync(folder)).toEqual(['state.json']);
});
