import path from 'node:path';
import { expect, test } from 'vitest';
import { assetPath, isOwnUrl } from './asset-path.ts';

const ROOT = path.resolve('/app/dist/renderer');

test.each([
  ['app://satchel/', 'index.html'],
  ['app://satchel', 'index.html'],
  ['app://satchel/index.html', 'index.html'],
  ['app://satchel/index.html?a=1#b', 'index.html'],
  ['app://satchel/assets/store-1a2b.js', 'assets/store-1a2b.js'],
  ['app://satchel/assets/a%20b.css', 'assets/a b.css'],
  ['app://satchel/assets/../index.html', 'index.html'],
  ['app://satchel/../../../etc/passwd', 'etc/passwd'],
  ['app://satchel/%2e%2e/%2e%2e/etc/passwd', 'etc/passwd'],
])('%s is %s', (address, file) => {
  expect(assetPath(ROOT, address)).toBe(path.join(ROOT, file));
});

test.each([
  'app://satchel/..%2f..%2f..%2fetc/passwd',
  'app://satchel/assets/..%2f..%2f..%2fmain/main.cjs',
  'app://satchel/..%5c..%5cmain.cjs',
  'app://satchel/C:%5cWindows',
  'app://satchel/c:/windows',
  'app://satchel/a%00.js',
  'app://satchel/%ff',
  'app://satchel/..%2frenderer-other/a.js',
  'app://elsewhere/index.html',
  'app://user@satchel/index.html',
  'app://satchel:80/index.html',
  'file:///etc/passwd',
  'https://satchel/index.html',
  'nonsense',
])('%s is nobody’s', (address) => {
  expect(assetPath(ROOT, address)).toBeUndefined();
});

test('only the app’s own addresses are its own', () => {
  expect(isOwnUrl('app://satchel/index.html')).toBe(true);
  expect(isOwnUrl('app://satchel.example.com/')).toBe(false);
  expect(isOwnUrl('https://satchel/')).toBe(false);
  expect(isOwnUrl('')).toBe(false);
});
