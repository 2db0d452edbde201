import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { TokenFile, type Vault } from './token-file.ts';

const newFolder = temporaryFolders();
const TOKEN = 'a-token-of-twenty-characters';

/** Turns letters around, and only its own. */
function vault(key: string, isAvailable = true): Vault {
  const reverse = (text: string) => [...text].reverse().join('');
  return {
    isAvailable: () => isAvailable,
    encrypt: (text) => Buffer.from(key + reverse(text)),
    decrypt: (data) => {
      const text = data.toString();
      if (!text.startsWith(key)) throw new Error('encrypted with another key');
      return reverse(text.slice(key.length));
    },
  };
}

test('tokens are encrypted where the system keeps a key', () => {
  const folder = newFolder();
  new TokenFile(folder, vault('k')).set('satchel-1', TOKEN);
  expect(readFileSync(path.join(folder, 'tokens.json'), 'utf8')).not.toContain(TOKEN);
  expect(new TokenFile(folder, vault('k')).get('satchel-1')).toBe(TOKEN);
});

test('without one, the file is for its owner only', () => {
  const folder = newFolder();
  new TokenFile(folder, vault('', false)).set('satchel-1', TOKEN);
  expect(new TokenFile(folder, vault('', false)).get('satchel-1')).toBe(TOKEN);
  if (process.platform !== 'win32') {
    expect(statSync(path.join(folder, 'tokens.json')).mode & 0o777).toBe(0o600);
  }
});

test('a plain token is still read once there is a key, and an unreadable one is none', () => {
  const folder = newFolder();
  new TokenFile(folder, vault('', false)).set('satchel-1', TOKEN);
  new TokenFile(folder, vault('k')).set('satchel-2', TOKEN);
  expect(new TokenFile(folder, vault('k')).get('satchel-1')).toBe(TOKEN);
  expect(new TokenFile(folder, vault('other')).get('satchel-2')).toBeUndefined();
});

test('each profile has its own, and a removed one is gone', () => {
  const tokens = new TokenFile(newFolder(), vault('k'));
  tokens.set('satchel-1', `${TOKEN}1`);
  tokens.set('satchel-2', `${TOKEN}2`);
  tokens.remove('satchel-1');
  expect(tokens.get('satchel-1')).toBeUndefined();
  expect(tokens.get('satchel-2')).toBe(`${TOKEN}2`);
  expect(tokens.get('constructor')).toBeUndefined();
});
