import { expect, it } from 'vitest';
import { sumWords } from './counts.ts';

const none = { rows: 0, created: 0, merged: 0, unchanged: 0, skipped: 0, rejected: 0 };

it('says of what the rows are the sum, without what is none', () => {
  expect(sumWords({ ...none, rows: 2000, created: 1864, merged: 130, rejected: 6 })).toBe(
    '2,000 rows = 1,864 created + 130 merged + 6 rejected',
  );
  expect(sumWords({ ...none, rows: 1, skipped: 1 })).toBe('1 row = 1 skipped');
  expect(sumWords(none)).toBe('0 rows');
});
