import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { serveApp } from './serve-app.ts';

const newFolder = temporaryFolders();
let root: string;

beforeEach(() => {
  const folder = newFolder();
  root = path.join(folder, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'not for the window');
  writeFileSync(
    path.join(root, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><title>ü</title>',
  );
  writeFileSync(path.join(root, 'assets', 'worker.js'), 'const nonce = "__CSP_NONCE__";');
  writeFileSync(path.join(root, 'assets', 'icon.woff2'), Buffer.from([0, 255, 1]));
});

function get(address: string, method = 'GET') {
  // Fetch knows no methods of its own on other schemes, so the request is only shaped like one.
  return serveApp(root)({ url: address, method } as Request);
}

function policyOf(response: Response): string {
  return response.headers.get('content-security-policy') ?? '';
}

test('the page carries the nonce of its own response', async () => {
  const [first, second] = [await get('app://satchel/'), await get('app://satchel/')];
  const [page, nextPage] = [await first.text(), await second.text()];
  const nonce = /content="([\w+/=]{24})"/.exec(page)?.[1] ?? 'none';
  expect(policyOf(first)).toContain(`'nonce-${nonce}'`);
  expect(page).toContain('ü');
  expect(nextPage).not.toBe(page);
  expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('a worker’s script comes unchanged, with a policy of its own', async () => {
  const response = await get('app://satchel/assets/worker.js');
  expect(await response.text()).toBe('const nonce = "__CSP_NONCE__";');
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(policyOf(response)).toContain("script-src 'self';");
});

test('the policy allows the app’s own files and nothing else', async () => {
  const policy = policyOf(await get('app://satchel/'));
  const directives = policy.replace(/'nonce-[^']+'/, "'nonce-…'").split('; ');
  expect(directives).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-…'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]);
});

test('bytes come as they are', async () => {
  const response = await get('app://satchel/assets/icon.woff2');
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 1]);
  expect(response.headers.get('content-type')).toBe('font/woff2');
});

test.each(['app://satchel/..%2fsecret.txt', 'app://satchel/assets', 'app://satchel/no.js'])(
  '%s is not found',
  async (address) => {
    const response = await get(address);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
    expect(policyOf(response)).toContain("default-src 'none'");
  },
);

test('only GET is answered', async () => {
  expect((await get('app://satchel/', 'POST')).status).toBe(405);
});
