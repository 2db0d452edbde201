/** A set of slots: one bit each. */
export class SlotSet {
  private bits = new Uint32Array(0);
  private count = 0;

  get size(): number {
    return this.count;
  }

  has(slot: number): boolean {
    return (((this.bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;
  }

  set(slot: number, isIn: boolean): void {
    if (this.has(slot) === isIn) return;
    const word = slot >>> 5;
    if (word >= this.bits.length) this.grow(word + 1);
    this.bits[word] = (this.bits[word] ?? 0) ^ (1 << (slot & 31));
    this.count += isIn ? 1 : -1;
  }

  forEach(visit: (slot: number) => void): void {
    for (let word = 0; word < this.bits.length; word++) {
      let rest = this.bits[word] ?? 0;
      while (rest !== 0) {
        visit((word << 5) + 31 - Math.clz32(rest & -rest));
        rest &= rest - 1;
      }
    }
  }

  private grow(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.bits.length * 2));
    grown.set(this.bits);
    this.bits = grown;
  }
}
