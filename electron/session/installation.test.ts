import { cpSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { installationOf } from './installation.ts';

const newFolder = temporaryFolders();

test('stays the same from start to start, and with the folder moved', () => {
  const parent = newFolder();
  const folder = path.join(parent, 'data');
  cpSync(newFolder(), folder, { recursive: true });
  const first = installationOf(folder, 'laptop');
  expect(installationOf(folder, 'laptop')).toBe(first);
  renameSync(folder, path.join(parent, 'moved'));
  expect(installationOf(path.join(parent, 'moved'), 'laptop')).toBe(first);
});

test('a copied folder is another installation, though the marker is the same (C3)', () => {
  const [folder, copy] = [newFolder(), newFolder()];
  const first = installationOf(folder, 'laptop');
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  expect(readFileSync(path.join(copy, 'installation'), 'utf8')).toBe(
    readFileSync(path.join(folder, 'installation'), 'utf8'),
  );
  expect(installationOf(copy, 'laptop')).not.toBe(first);
});

test('the same disk in another laptop is another installation', () => {
  const folder = newFolder();
  expect(installationOf(folder, 'one')).not.toBe(installationOf(folder, 'two'));
});

test('tells nothing about the laptop', () => {
  expect(installationOf(newFolder(), 'laptop')).toMatch(/^[0-9a-f]{32}$/);
});
