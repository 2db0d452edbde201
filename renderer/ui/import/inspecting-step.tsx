/** While the file is looked into. */
import { Button, Loader, Skeleton } from '@mantine/core';
import type { FileRef } from '../../../shared/ipc/app-contract.ts';
import { formatBytes } from '../format.ts';
import { closeImport } from '../state/imports.ts';
import classes from './inspecting-step.module.css';
import { StepFrame } from './step-frame.tsx';

const ROWS = ['first', 'second', 'third', 'fourth'] as const;

export function InspectingStep({ file }: { file: FileRef }) {
  const buttons = (
    <Button variant="default" onClick={closeImport}>
      Cancel
    </Button>
  );
  return (
    <StepFrame fileName={file.name} details={formatBytes(file.bytes)} buttons={buttons}>
      <div role="status" className={classes.status}>
        <Loader size={16} aria-hidden="true" />
        Looking at the columns…
      </div>
      <div className={classes.rows} aria-hidden="true">
        {ROWS.map((row) => (
          <div key={row} className={classes.row}>
            <Skeleton height={14} />
            <Skeleton height={28} />
          </div>
        ))}
      </div>
    </StepFrame>
  );
}
