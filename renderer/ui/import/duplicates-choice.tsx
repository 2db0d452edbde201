/** What becomes of leads that are there already. */
import { Radio } from '@mantine/core';
import type { ImportPlan } from '../../../shared/csv/mapping.ts';
import classes from './duplicates-choice.module.css';

type Mode = ImportPlan['mode'];

const MODES: readonly { mode: Mode; label: string; description: string }[] = [
  {
    mode: 'fillBlanks',
    label: 'Fill blanks',
    description: 'Keep what is there, add what is missing',
  },
  {
    mode: 'overwrite',
    label: 'Overwrite',
    description: 'Replace values with those of the file',
  },
  { mode: 'skip', label: 'Skip', description: 'Leave existing leads as they are' },
];

interface DuplicatesChoiceProps {
  mode: Mode;
  onChange(mode: Mode): void;
}

export function DuplicatesChoice({ mode, onChange }: DuplicatesChoiceProps) {
  const change = (value: string) => {
    const chosen = MODES.find((known) => known.mode === value);
    if (chosen) onChange(chosen.mode);
  };
  return (
    <Radio.Group
      label="When a lead with the same phone number exists"
      value={mode}
      onChange={change}
      classNames={{ label: classes.title ?? '' }}
    >
      <div className={classes.modes}>
        {MODES.map(({ mode: value, label, description }) => (
          <Radio
            key={value}
            value={value}
            size="xs"
            label={label}
            description={description}
            classNames={{
              root: classes.mode ?? '',
              label: classes.label ?? '',
              description: classes.description ?? '',
            }}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
