/** How fast an import goes, and what is left of it, from the progress of the last seconds. */
import type { ImportProgress } from '../../store/store-contract.ts';

const WINDOW_MS = 5000;
const TELLING_MS = 800;

export interface Sample {
  at: number;
  rows: number;
  bytes: number;
}

export interface Pace {
  rowsPerSecond: number;
  /** null while it can't be told yet. */
  remainingMs: number | null;
}

/** The samples of the last seconds with one more. */
export function addSample(
  samples: readonly Sample[],
  at: number,
  progress: Pick<ImportProgress, 'bytesRead' | 'counts'>,
): Sample[] {
  const recent = samples.filter((sample) => at - sample.at <= WINDOW_MS);
  return [...recent, { at, rows: progress.counts.rows, bytes: progress.bytesRead }];
}

/** The pace over those samples, or null while they tell nothing. */
export function paceOf(samples: readonly Sample[], totalBytes: number): Pace | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < TELLING_MS) return null;
  const elapsed = last.at - first.at;
  const bytesPerMs = (last.bytes - first.bytes) / elapsed;
  const left = Math.max(0, totalBytes - last.bytes);
  return {
    rowsPerSecond: Math.round(((last.rows - first.rows) * 1000) / elapsed),
    remainingMs: bytesPerMs > 0 ? left / bytesPerMs : null,
  };
}

/** How much of the file is read, from 0 to 100. */
export function percentOf({
  bytesRead,
  totalBytes,
}: Pick<ImportProgress, 'bytesRead' | 'totalBytes'>) {
  if (totalBytes <= 0) return 0;
  return Math.min(100, Math.floor((bytesRead / totalBytes) * 100));
}
