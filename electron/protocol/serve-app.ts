/** Answers requests for `app://satchel/…` out of the folder of the built window. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { assetPath, INDEX } from './asset-path.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER, newNonce } from './content-security-policy.ts';
import { mimeType } from './mime-types.ts';

/** How Electron has to treat the scheme: as a web origin of its own, with storage and workers. */
export const PRIVILEGES = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  stream: true,
  codeCache: true,
};

/** @param root folder of the built window */
export function serveApp(root: string): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET') return plain(405, 'Only GET is answered here');
    const file = assetPath(root, url);
    const content = file === undefined ? undefined : await contentOf(file);
    if (file === undefined || content === undefined) return plain(404, notFound(file));
    return answer(file, content);
  };
}

function answer(file: string, content: Buffer): Response {
  const nonce = newNonce();
  const isPage = path.extname(file) === '.html';
  const page = () => content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce);
  return new Response(isPage ? page() : new Uint8Array(content), {
    headers: headersFor(file, nonce),
  });
}

/** Scripts carry the policy too: a worker goes by that of its own script. */
function headersFor(file: string, nonce: string): Record<string, string> {
  return {
    'content-type': mimeType(file),
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

function notFound(file: string | undefined): string {
  const isUnbuilt = file !== undefined && path.basename(file) === INDEX;
  return isUnbuilt ? 'The window is not built: npm run build' : 'Not found';
}

function plain(status: number, text: string): Response {
  const headers = {
    'content-type': mimeType('.txt'),
    'content-security-policy': contentSecurityPolicy(newNonce()),
  };
  return new Response(text, { status, headers });
}
