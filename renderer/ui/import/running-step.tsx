/** A file being read: how far it is, what became of its rows so far, and how long it takes. */
import { Button, Progress } from '@mantine/core';
import { formatBytes, formatCount, formatWait } from '../format.ts';
import { cancelImport, closeImport, type ImportStep } from '../state/imports.ts';
import { Figures } from './figures.tsx';
import { type Pace, paceOf, percentOf } from './pace.ts';
import classes from './running-step.module.css';
import { StepFrame } from './step-frame.tsx';
import { useCalm } from './use-calm.ts';

const NONE = { rows: 0, created: 0, merged: 0, unchanged: 0, skipped: 0, rejected: 0 };
const SAY_EVERY_MS = 5000;

type RunningStepProps = Extract<ImportStep, { step: 'running' }>;

export function RunningStep({ file, progress, samples, cancelling }: RunningStepProps) {
  const counts = progress?.counts ?? NONE;
  const percent = progress ? percentOf(progress) : 0;
  const pace = paceOf(samples, progress?.totalBytes ?? file.bytes);
  const spoken = useCalm(`${percent} %, ${formatCount(counts.rows)} rows read`, SAY_EVERY_MS);
  const buttons = (
    <>
      <Button variant="default" loading={cancelling} onClick={() => void cancelImport()}>
        Cancel
      </Button>
      <Button onClick={closeImport}>Keep working</Button>
    </>
  );
  return (
    <StepFrame fileName={file.name} details={formatBytes(file.bytes)} buttons={buttons}>
      <div className={classes.progress}>
        <div className={classes.words}>
          <span className={classes.percent}>{percent} %</span>
          <span>{cancelling ? 'Cancelling…' : paceWords(pace)}</span>
        </div>
        <Progress value={percent} size={8} radius="xl" aria-label="Import progress" />
      </div>
      <Figures counts={counts} />
      <p className={classes.hint}>
        You can close this and keep working: the import goes on. Cancelling keeps what is imported
        by then.
      </p>
      <span aria-live="polite" className={classes.spoken}>
        {spoken}
      </span>
    </StepFrame>
  );
}

function paceWords(pace: Pace | null): string {
  if (pace === null) return 'Starting…';
  const speed = `${formatCount(pace.rowsPerSecond)} rows/s`;
  return pace.remainingMs === null ? speed : `${speed} · ${formatWait(pace.remainingMs)} left`;
}
