/** What an import came to: every row of the file is accounted for. */
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconPhoneOff,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { FileRef } from '../../../shared/ipc/app-contract.ts';
import type { ImportProgress } from '../../store/store-contract.ts';
import { countOf, formatBytes } from '../format.ts';
import { closeImport } from '../state/imports.ts';
import { CopyRejected } from './copy-rejected.tsx';
import { sumWords } from './counts.ts';
import { Figures } from './figures.tsx';
import { Notice } from './notice.tsx';
import { RejectedList } from './rejected-list.tsx';
import { StepFrame } from './step-frame.tsx';
import classes from './summary-step.module.css';

interface SummaryStepProps {
  file: FileRef;
  progress: ImportProgress;
}

export function SummaryStep({ file, progress }: SummaryStepProps) {
  const { counts, rejected, needsPhone } = progress;
  const buttons = (
    <>
      {rejected.length > 0 && <CopyRejected rows={rejected} total={counts.rejected} />}
      <Button onClick={closeImport}>Done</Button>
    </>
  );
  return (
    <StepFrame fileName={file.name} details={formatBytes(file.bytes)} buttons={buttons}>
      <section aria-label="Import summary" className={classes.summary}>
        <Headline state={progress.state} />
        {progress.state === 'failed' && (
          <Notice tone="danger" title="The file was not imported completely">
            {progress.problem || 'The import ended before the end of the file.'} What was imported
            by then stays.
          </Notice>
        )}
        <div>
          <Figures counts={counts} />
          <p className={classes.sum}>{sumWords(counts)}</p>
        </div>
        {needsPhone > 0 && <NeedsPhone rows={needsPhone} />}
        {counts.rejected > 0 && <RejectedList rows={rejected} total={counts.rejected} />}
      </section>
    </StepFrame>
  );
}

type State = ImportProgress['state'];

const HEADLINES: Record<State, { words: string; icon: ComponentType<{ size: number }> }> = {
  running: { words: 'Importing', icon: IconCircleMinus },
  done: { words: 'Import finished', icon: IconCircleCheck },
  cancelled: {
    words: 'Import cancelled. What was imported by then stays.',
    icon: IconCircleMinus,
  },
  failed: { words: 'Import stopped', icon: IconAlertTriangle },
};

function Headline({ state }: { state: State }) {
  const { words, icon: Icon } = HEADLINES[state];
  return (
    <h3 className={classes.headline} data-state={state}>
      <Icon size={20} />
      {words}
    </h3>
  );
}

function NeedsPhone({ rows }: { rows: number }) {
  return (
    <p className={classes.needsPhone}>
      <IconPhoneOff size={16} stroke={1.75} />
      {countOf(rows, 'row')} without a usable phone number:{' '}
      {rows === 1 ? 'its lead still needs one' : 'their leads still need one'}.
    </p>
  );
}
