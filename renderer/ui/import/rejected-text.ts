/** Rejected rows as text for the clipboard. */
import type { RejectedRow } from '../../../shared/ipc/import-contract.ts';
import { countOf } from '../format.ts';

const MAX_TEXT = 10_000;
const REST_LINE = 60;

/** One line a row: its line in the file, a tab, the reason. Ends with how many more there are. */
export function rejectedText(rows: readonly RejectedRow[], total: number): string {
  const lines = ['Line\tReason'];
  let length = lines[0]?.length ?? 0;
  for (const { line, reason } of rows) {
    const text = `${line}\t${reason.replace(/\s+/g, ' ')}`;
    if (length + text.length + 1 > MAX_TEXT - REST_LINE) break;
    lines.push(text);
    length += text.length + 1;
  }
  const left = total - (lines.length - 1);
  if (left > 0) lines.push(`and ${countOf(left, 'more row')}`);
  return lines.join('\n');
}
