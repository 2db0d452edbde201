import { describe, expect, it } from 'vitest';
import { rejectedText } from './rejected-text.ts';

describe('rejected rows as text', () => {
  it('are a line each, with a tab between', () => {
    const rows = [
      { line: 3, reason: 'Too many values' },
      { line: 1200, reason: 'Empty' },
    ];
    expect(rejectedText(rows, 2)).toBe('Line\tReason\n3\tToo many values\n1200\tEmpty');
  });

  it('keep a reason on its line', () => {
    expect(rejectedText([{ line: 2, reason: 'a\n\tb' }], 1)).toBe('Line\tReason\n2\ta b');
  });

  it('end with how many more there are', () => {
    expect(rejectedText([{ line: 2, reason: 'x' }], 1001)).toMatch(/\nand 1,000 more rows$/);
    expect(rejectedText([{ line: 2, reason: 'x' }], 2)).toMatch(/\nand 1 more row$/);
  });

  it('fit what the clipboard call takes, and count what did not', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ line: i + 1, reason: 'r'.repeat(90) }));
    const text = rejectedText(rows, 5000);
    const lines = text.split('\n');
    expect(text.length).toBeLessThanOrEqual(10_000);
    const said = Number(lines.at(-1)?.replace(/\D/g, ''));
    expect(lines.length - 2 + said).toBe(5000);
  });
});
