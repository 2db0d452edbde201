import { expect, test } from 'vitest';
import { murmur3 } from './murmur3.ts';

test('gives the verification value that the author of MurmurHash3 published', () => {
  // SMHasher: hashes of the keys {}, {0}, {0, 1} … with seed 256 - length, then the hash of these.
  const hashes = new Uint8Array(256 * 16);
  for (let length = 0; length < 256; length++) {
    const key = Uint8Array.from({ length }, (_, i) => i);
    hashes.set(wordsOf(murmur3(key, 256 - length)), length * 16);
  }
  const view = new DataView(wordsOf(murmur3(hashes, 0)).buffer);
  expect(view.getUint32(0, true)).toBe(0xb3ece62a);
});

/** The bytes as the reference implementation writes its words on a little-endian machine. */
function wordsOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let word = 0; word < 4; word++) {
    view.setUint32(word * 4, Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16), true);
  }
  return bytes;
}
