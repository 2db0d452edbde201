/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain): 128 well-mixed bits, synchronous and in
 * 32-bit arithmetic alone. Not for secrets, and not against people who look for collisions.
 */

const C = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;

/** @returns 32 hexadecimal digits: the four words of the hash in order */
export function murmur3(bytes: Uint8Array, seed = 0): string {
  const hash = { a: seed, b: seed, c: seed, d: seed };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = bytes.length >>> 4;
  for (let i = 0; i < blocks; i++) mixBlock(hash, view, i * 16);
  mixTail(hash, bytes, blocks * 16);
  finish(hash, bytes.length);
  return [hash.a, hash.b, hash.c, hash.d].map(hex).join('');
}

interface Words {
  a: number;
  b: number;
  c: number;
  d: number;
}

function mixBlock(h: Words, view: DataView, at: number): void {
  h.a = (rotate(h.a ^ scramble1(view.getUint32(at, true)), 19) + h.b) | 0;
  h.a = (Math.imul(h.a, 5) + 0x561ccd1b) | 0;
  h.b = (rotate(h.b ^ scramble2(view.getUint32(at + 4, true)), 17) + h.c) | 0;
  h.b = (Math.imul(h.b, 5) + 0x0bcaa747) | 0;
  h.c = (rotate(h.c ^ scramble3(view.getUint32(at + 8, true)), 15) + h.d) | 0;
  h.c = (Math.imul(h.c, 5) + 0x96cd1c35) | 0;
  h.d = (rotate(h.d ^ scramble4(view.getUint32(at + 12, true)), 13) + h.a) | 0;
  h.d = (Math.imul(h.d, 5) + 0x32ac3b17) | 0;
}

/** The last, incomplete block, as if filled up with zeros. */
function mixTail(h: Words, bytes: Uint8Array, at: number): void {
  const word = (offset: number) => {
    let value = 0;
    for (let i = 3; i >= 0; i--) value = (value << 8) | (bytes[at + offset + i] ?? 0);
    return value;
  };
  h.d ^= scramble4(word(12));
  h.c ^= scramble3(word(8));
  h.b ^= scramble2(word(4));
  h.a ^= scramble1(word(0));
}

function finish(h: Words, length: number): void {
  h.a ^= length;
  h.b ^= length;
  h.c ^= length;
  h.d ^= length;
  spread(h);
  h.a = avalanche(h.a);
  h.b = avalanche(h.b);
  h.c = avalanche(h.c);
  h.d = avalanche(h.d);
  spread(h);
}

function spread(h: Words): void {
  h.a = (h.a + h.b + h.c + h.d) | 0;
  h.b = (h.b + h.a) | 0;
  h.c = (h.c + h.a) | 0;
  h.d = (h.d + h.a) | 0;
}

const scramble1 = (k: number) => Math.imul(rotate(Math.imul(k, C[0]), 15), C[1]);
const scramble2 = (k: number) => Math.imul(rotate(Math.imul(k, C[1]), 16), C[2]);
const scramble3 = (k: number) => Math.imul(rotate(Math.imul(k, C[2]), 17), C[3]);
const scramble4 = (k: number) => Math.imul(rotate(Math.imul(k, C[3]), 18), C[0]);

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
