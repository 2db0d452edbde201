/** Tokens and invitation codes: given out once, kept as hashes. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const CODE_BYTES = 18;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function newInvitationCode(): string {
  return randomBytes(CODE_BYTES).toString('base64url');
}

/** What is kept of a secret. It needs no salt: nobody can guess 18 random bytes. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
