/** Where the columns of a file go, and what becomes of leads that are there already. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import {
  type Choices,
  choose,
  closeImport,
  type ImportStep,
  startImport,
} from '../state/imports.ts';
import { ColumnTable } from './column-table.tsx';
import { CountrySelect } from './country-select.tsx';
import { DuplicatesChoice } from './duplicates-choice.tsx';
import { formatWords, sizeWords } from './file-words.ts';
import classes from './mapping-step.module.css';
import { Notice } from './notice.tsx';
import { PhoneWarning } from './phone-warning.tsx';
import { StepFrame } from './step-frame.tsx';
import { bringsAnything, hasPhone, targetProblems } from './targets.ts';

type MappingStepProps = Extract<ImportStep, { step: 'mapping' }>;

export function MappingStep({ inspection, choices, starting, problem }: MappingStepProps) {
  const { columns, fileName, format } = inspection;
  const { targets } = choices;
  const problems = useMemo(() => targetProblems(columns, targets), [columns, targets]);
  const withPhone = hasPhone(targets);
  const blocker = blockerOf(choices, problems.size);
  const buttons = (
    <>
      <span className={classes.blocker}>{blocker}</span>
      <Button variant="default" onClick={closeImport}>
        Cancel
      </Button>
      <Button loading={starting} disabled={blocker !== ''} onClick={() => void startImport()}>
        Start import
      </Button>
    </>
  );
  const details = `${sizeWords(inspection)} · ${formatWords(format)}`;
  return (
    <StepFrame fileName={fileName} details={details} buttons={buttons}>
      {problem !== null && (
        <Notice tone="danger" title="The import did not start">
          {problem}
        </Notice>
      )}
      <div className={classes.columns}>
        <ColumnTable columns={columns} targets={targets} problems={problems} />
      </div>
      {!withPhone && <PhoneWarning checked={choices.withoutPhone} />}
      <div className={classes.options}>
        <DuplicatesChoice mode={choices.mode} onChange={(mode) => choose({ mode })} />
        <CountrySelect country={choices.country} onChange={(country) => choose({ country })} />
      </div>
    </StepFrame>
  );
}

/** Why the import can't start yet; empty when it can. */
function blockerOf({ targets, withoutPhone }: Choices, problemCount: number): string {
  if (problemCount > 0) return 'See the marked columns';
  if (!bringsAnything(targets)) return 'Choose where at least one column goes';
  if (!hasPhone(targets) && !withoutPhone) return 'Choose a column of phone numbers';
  return '';
}
