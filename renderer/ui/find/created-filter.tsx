/** The filter on Lead Created At: a preset or days of one's own. */
import { Button, Group, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconCalendar, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import {
  CREATED_PRESETS,
  type CreatedPreset,
  type CreatedRange,
  describeCreated,
} from '../../../shared/filter/created-range.ts';
import { createdIn, useLeads } from '../state/leads.ts';
import classes from './created-filter.module.css';

const PRESETS = Object.keys(CREATED_PRESETS) as CreatedPreset[];

export function CreatedFilter() {
  const created = useLeads((leads) => leads.query.created);
  const [isOpen, setIsOpen] = useState(false);
  const choose = (range: CreatedRange) => {
    createdIn(range);
    setIsOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          aria-label={`Lead Created At: ${describeCreated(created)}`}
          leftSection={<IconCalendar size={15} />}
          rightSection={<IconChevronDown size={14} />}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className={classes.label}>Lead Created At</span>
          {describeCreated(created)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label="Lead Created At">
        <div className={classes.presets} role="listbox" aria-label="Days">
          {PRESETS.map((preset) => (
            <UnstyledButton
              key={preset}
              role="option"
              aria-selected={created.preset === preset}
              className={classes.preset}
              onClick={() => choose({ preset })}
            >
              {CREATED_PRESETS[preset]}
              {created.preset === preset && <IconCheck size={15} aria-hidden="true" />}
            </UnstyledButton>
          ))}
        </div>
        <CustomDays created={created} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface CustomDaysProps {
  created: CreatedRange;
  onChoose(range: CreatedRange): void;
}

function CustomDays({ created, onChoose }: CustomDaysProps) {
  const given = created.preset === 'custom' ? created : { from: null, to: null };
  const [from, setFrom] = useState(given.from ?? '');
  const [to, setTo] = useState(given.to ?? '');
  const isBackwards = from !== '' && to !== '' && from > to;
  return (
    <form
      className={classes.custom}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBackwards) onChoose({ preset: 'custom', from: from || null, to: to || null });
      }}
    >
      <Group gap="xs" grow>
        <TextInput
          size="xs"
          type="date"
          label="From"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label="To"
          value={to}
          error={isBackwards && 'Before the first day'}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      <Button
        mt="xs"
        size="xs"
        type="submit"
        variant="default"
        fullWidth
        disabled={isBackwards || (from === '' && to === '')}
      >
        Show these days
      </Button>
    </form>
  );
}
