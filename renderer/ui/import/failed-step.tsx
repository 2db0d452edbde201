/** A file that can't be imported, and why. */
import { Button } from '@mantine/core';
import type { Problem } from '../problems.ts';
import { chooseFile, closeImport } from '../state/imports.ts';
import { Notice } from './notice.tsx';
import { StepFrame } from './step-frame.tsx';

interface FailedStepProps {
  /** Empty when it is not known. */
  fileName: string;
  problem: Problem;
}

export function FailedStep({ fileName, problem }: FailedStepProps) {
  const buttons = (
    <>
      <Button variant="default" onClick={closeImport}>
        Close
      </Button>
      <Button onClick={() => void chooseFile()}>Choose another file</Button>
    </>
  );
  return (
    <StepFrame fileName={fileName} details="Nothing was imported" buttons={buttons}>
      <Notice tone="danger" title={`${fileName || 'The file'} can’t be imported`}>
        {problem.message}
      </Notice>
    </StepFrame>
  );
}
