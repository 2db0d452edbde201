/** What the window and its workers may load and run: the app's own files, and nothing else. */
import { randomBytes } from 'node:crypto';

/** Stands in index.html where the nonce of the response goes. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** A value that nobody can guess, for one response. */
export function newNonce(): string {
  return randomBytes(18).toString('base64');
}

/** @param nonce of inline style elements, which component libraries make at run time */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
