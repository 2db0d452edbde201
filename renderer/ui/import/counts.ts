/** What became of the rows of a file. */
import type { ImportCounts } from '../../store/store-contract.ts';
import { countOf, formatCount } from '../format.ts';

/** In the order in which they are shown. */
export const FIGURES = ['rows', 'created', 'merged', 'unchanged', 'skipped', 'rejected'] as const;

const OUTCOMES = FIGURES.filter((name) => name !== 'rows');

/** `2,000 rows = 1,864 created + 136 merged` */
export function sumWords(counts: ImportCounts): string {
  const parts = OUTCOMES.filter((name) => counts[name] > 0).map(
    (name) => `${formatCount(counts[name])} ${name}`,
  );
  return [countOf(counts.rows, 'row'), parts.join(' + ')].filter(Boolean).join(' = ');
}
