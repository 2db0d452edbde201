/** A stage of the pipeline: its colour as a dot, its name as the word. */
import { namedHue } from './hues.ts';
import classes from './stage-pill.module.css';

interface StagePillProps {
  name: string;
  color: string;
}

export function StagePill({ name, color }: StagePillProps) {
  return (
    <span className={classes.pill}>
      <span className={classes.dot} style={{ background: namedHue(color) }} />
      {name}
    </span>
  );
}
