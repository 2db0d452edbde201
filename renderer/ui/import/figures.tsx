/** The counts of an import side by side: the number, then its word. */
import type { ImportCounts } from '../../store/store-contract.ts';
import { formatCount } from '../format.ts';
import { FIGURES } from './counts.ts';
import classes from './figures.module.css';

export function Figures({ counts }: { counts: ImportCounts }) {
  return (
    <ul className={classes.figures}>
      {FIGURES.map((name) => (
        <li key={name} className={classes.figure} data-name={name} data-none={counts[name] === 0}>
          <span className={classes.number}>{formatCount(counts[name])}</span>{' '}
          <span className={classes.word}>{name}</span>
        </li>
      ))}
    </ul>
  );
}
