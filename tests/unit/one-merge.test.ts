import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const MERGING = ['mergeRecords', 'setFields', 'deleteRecord', 'findConflicts', 'baseOf'];

test('app and server merge by the same functions, which nobody else defines (M4)', () => {
  const sources = ['electron', 'renderer', 'server', 'shared'].flatMap(sourcesIn);
  for (const name of MERGING) {
    const defined = new RegExp(`(?:function|const|let) ${name}\\b`);
    const definers = sources.filter(({ text }) => defined.test(text)).map(({ file }) => file);
    expect([name, definers]).toEqual([name, [expect.stringMatching(/^shared\/record\//)]]);
  }
  for (const side of ['renderer', 'server']) {
    const merging = sources.filter(
      ({ file, text }) =>
        file.startsWith(`${side}/`) &&
        /mergeRecords[^;]*from '[./]+shared\/record\/merge/.test(text),
    );
    expect([side, merging.length > 0]).toEqual([side, true]);
  }
});

function sourcesIn(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}
