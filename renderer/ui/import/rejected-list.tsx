/** Rows that could not become leads: where they are in the file, and why. */
import { useId } from 'react';
import type { RejectedRow } from '../../../shared/ipc/import-contract.ts';
import { formatCount } from '../format.ts';
import classes from './rejected-list.module.css';

const MAX_SHOWN = 100;

interface RejectedListProps {
  rows: readonly RejectedRow[];
  /** Of which `rows` are the first. */
  total: number;
}

export function RejectedList({ rows, total }: RejectedListProps) {
  const title = useId();
  const shown = rows.slice(0, MAX_SHOWN);
  const more = total - shown.length;
  return (
    <div>
      <h4 id={title} className={classes.title}>
        Rejected rows
      </h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <section className={classes.scroll} tabIndex={0} aria-labelledby={title}>
        <ul className={classes.rows}>
          {shown.map(({ line, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may be rejected twice
            <li key={index} className={classes.row}>
              <span className={classes.line}>Line {formatCount(line)}</span>
              <span className={classes.reason}>{reason}</span>
            </li>
          ))}
          {more > 0 && <li className={classes.more}>and {formatCount(more)} more</li>}
        </ul>
      </section>
    </div>
  );
}
