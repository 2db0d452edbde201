/** Passwords as scrypt hashes (RFC 7914), with their parameters beside them. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';

export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** A tenth of a second and 32 MiB for each guess. */
export const PASSWORD_COST: PasswordCost = { N: 2 ** 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each hash takes 32 MiB and a thread, of which file access needs some. */
const AT_ONCE = 2;
const MAX_WAITING = 64;

export class Passwords {
  /** What the password of an unknown e-mail address is compared with. */
  private readonly nobody: string;

  constructor(private readonly cost = PASSWORD_COST) {
    this.nobody = toText(cost, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  /** The hash that is kept: `scrypt$<N>$<r>$<p>$<salt>$<hash>`, the last two in base64url. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return toText(this.cost, salt, await derive(password, salt, HASH_BYTES, this.cost));
  }

  /** Whether the password has this hash. Takes as long without a hash, and says no. */
  async verify(password: string, stored?: string): Promise<boolean> {
    const [scheme, N, r, p, salt, hash] = (stored ?? this.nobody).split('$');
    if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
    const expected = Buffer.from(hash, 'base64url');
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, cost);
    return timingSafeEqual(actual, expected) && stored !== undefined;
  }
}

function toText({ N, r, p }: PasswordCost, salt: Buffer, hash: Buffer): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  salt: Buffer,
  bytes: number,
  cost: PasswordCost,
): Promise<Buffer> {
  await takeTurn();
  try {
    // Composed and decomposed accents are the same password on every keyboard.
    const text = password.normalize('NFC');
    return await scryptAsync(text, salt, bytes, { ...cost, maxmem: 256 * cost.N * cost.r });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

function takeTurn(): Promise<void> | undefined {
  if (running < AT_ONCE) {
    running++;
    return undefined;
  }
  if (waiting.length >= MAX_WAITING) {
    throw new ApiError('unavailable', 'The team server is busy. Try again in a moment.');
  }
  return new Promise((resolve) => waiting.push(resolve));
}

function scryptAsync(
  password: string,
  salt: Buffer,
  bytes: number,
  options: ScryptOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
