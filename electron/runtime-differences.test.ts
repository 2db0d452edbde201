import { describe, expect, test } from 'vitest';
import { addMissingGlobals, keepsSecrets, pathOfFile } from './runtime-differences.ts';

describe('the path of a dropped file', () => {
  const file = new File(['a'], 'leads.csv');

  test('current: webUtils knows it', () => {
    const webUtils = { getPathForFile: (asked: File) => `/home/ana/${asked.name}` };
    expect(pathOfFile(file, webUtils)).toBe('/home/ana/leads.csv');
  });

  test('older: the file carries it', () => {
    const carrying = Object.assign(new File(['a'], 'leads.csv'), { path: '/home/ana/leads.csv' });
    expect(pathOfFile(carrying, undefined)).toBe('/home/ana/leads.csv');
  });

  test('a file made by a page has none', () => {
    expect(pathOfFile(file, undefined)).toBe('');
  });
});

describe('keeping secrets', () => {
  const storage = (available: boolean, backend?: string) => ({
    isEncryptionAvailable: () => available,
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
  });

  test('older: without a keyring there is no encryption', () => {
    expect(keepsSecrets(storage(false), 'linux')).toBe(false);
    expect(keepsSecrets(storage(true), 'linux')).toBe(true);
  });

  test('current: a password that everybody knows is no encryption', () => {
    expect(keepsSecrets(storage(true, 'basic_text'), 'linux')).toBe(false);
    expect(keepsSecrets(storage(true, 'gnome_libsecret'), 'linux')).toBe(true);
  });

  test('macOS and Windows have a key of their own', () => {
    expect(keepsSecrets(storage(true), 'darwin')).toBe(true);
    expect(keepsSecrets(storage(true), 'win32')).toBe(true);
  });
});

describe('globals', () => {
  const crypto = { randomUUID: () => '' };

  test('older: missing ones are added', () => {
    const scope: { crypto?: unknown } = {};
    addMissingGlobals(scope, { crypto });
    expect(scope.crypto).toBe(crypto);
  });

  test('current: those that are there stay', () => {
    const scope = { crypto: 'own' };
    addMissingGlobals(scope, { crypto });
    expect(scope.crypto).toBe('own');
  });
});
