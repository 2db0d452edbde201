import { expect, it } from 'vitest';
import { formatWords, sizeWords } from './file-words.ts';

it('says how long a file is, and when that is an estimate', () => {
  expect(sizeWords({ bytes: 900, rows: { count: 1, exact: true } })).toBe('900 bytes, 1 row');
  expect(sizeWords({ bytes: 2_500_000, rows: { count: 20_000, exact: false } })).toBe(
    '2.5 MB, about 20,000 rows',
  );
});

it('says how a file is written', () => {
  expect(formatWords({ encoding: 'utf-8', delimiter: '\t', hasHeader: true })).toBe(
    'UTF-8, separated by tab, first row names the columns',
  );
  expect(formatWords({ encoding: 'windows-1252', delimiter: '^', hasHeader: false })).toBe(
    'Windows-1252, separated by “^”, no header row',
  );
});
