/**
 * For each slot, which pairs of neighbouring characters its text holds, as a Bloom filter. Most
 * texts that can't hold what is searched for are thus passed over without being read.
 */

const WORDS = 8;

/** The bits that a text needs to hold what is searched for, by word. */
export type SignatureMask = readonly (readonly [word: number, bits: number])[];

export class TextSignatures {
  private words = new Uint32Array(0);

  /** Makes room for so many slots. */
  reserve(slots: number): void {
    const grown = new Uint32Array(slots * WORDS);
    grown.set(this.words);
    this.words = grown;
  }

  set(slot: number, text: string): void {
    const start = slot * WORDS;
    this.words.fill(0, start, start + WORDS);
    for (let i = 1; i < text.length; i++) {
      const bit = bitOf(text.charCodeAt(i - 1), text.charCodeAt(i));
      const word = start + (bit >>> 5);
      this.words[word] = (this.words[word] ?? 0) | (1 << (bit & 31));
    }
  }

  /** False only where the text of the slot surely does not hold what the mask was made of. */
  mayHold(slot: number, mask: SignatureMask): boolean {
    const start = slot * WORDS;
    for (const [word, bits] of mask) {
      if (((this.words[start + word] ?? 0) & bits) !== bits) return false;
    }
    return true;
  }
}

export function signatureMask(needle: string): SignatureMask {
  const words = new Map<number, number>();
  for (let i = 1; i < needle.length; i++) {
    const bit = bitOf(needle.charCodeAt(i - 1), needle.charCodeAt(i));
    words.set(bit >>> 5, (words.get(bit >>> 5) ?? 0) | (1 << (bit & 31)));
  }
  return [...words];
}

function bitOf(first: number, second: number): number {
  return (Math.imul(first * 31 + second, 0x9e3779b1) >>> 24) & (WORDS * 32 - 1);
}
