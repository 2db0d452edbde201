/** A file on its way in: from a look inside to the summary. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { closeImport, type ImportStep, useImports } from '../state/imports.ts';
import { FailedStep } from './failed-step.tsx';
import classes from './import-dialog.module.css';
import { InspectingStep } from './inspecting-step.tsx';
import { MappingStep } from './mapping-step.tsx';
import { RunningStep } from './running-step.tsx';
import { SummaryStep } from './summary-step.tsx';

const parts = {
  inner: classes.inner ?? '',
  content: classes.content ?? '',
  header: classes.header ?? '',
  body: classes.body ?? '',
};

export function ImportDialog() {
  const opened = useImports(({ current, isOpen }) => isOpen && current !== null);
  const step = useLastStep();
  return (
    <Modal
      opened={opened}
      onClose={closeImport}
      // A slip of the mouse must not throw away what was chosen.
      closeOnClickOutside={step?.step !== 'mapping'}
      title="Import"
      size={800}
      yOffset="4dvh"
      centered
      closeButtonProps={{ 'aria-label': 'Dismiss' }}
      classNames={parts}
    >
      {step && <Step step={step} />}
    </Modal>
  );
}

function Step({ step }: { step: ImportStep }) {
  switch (step.step) {
    case 'inspecting':
      return <InspectingStep file={step.file} />;
    case 'mapping':
      return <MappingStep key={step.file.fileId} {...step} />;
    case 'running':
      return <RunningStep {...step} />;
    case 'finished':
      return <SummaryStep file={step.file} progress={step.progress} />;
    case 'failed':
      return <FailedStep fileName={step.fileName} problem={step.problem} />;
  }
}

/** The step at hand; the one before while the closed dialog fades out. */
function useLastStep(): ImportStep | null {
  const current = useImports((imports) => imports.current);
  const [last, setLast] = useState(current);
  if (current !== null && current !== last) setLast(current);
  return current ?? last;
}
