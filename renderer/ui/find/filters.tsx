/** Conditions on leads: the button that adds one, and a chip for each that can be changed. */
import { ActionIcon, Button, Popover, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { conditionFlaw, describeCondition } from '../../../shared/filter/describe.ts';
import { type Condition, type FilterItem, isGroup } from '../../../shared/filter/filter.ts';
import type { Workspace } from '../../store/store-contract.ts';
import { filterLeads, useLeads } from '../state/leads.ts';
import { useWorkspace } from '../state/workspace.ts';
import { ConditionEditor } from './condition-editor.tsx';
import classes from './filters.module.css';

/** Opens an empty condition. */
export function FiltersButton() {
  const [isOpen, setIsOpen] = useState(false);
  const filter = useLeads((leads) => leads.query.filter);
  const add = (condition: Condition) => {
    filterLeads({ ...filter, items: [...filter.items, condition] });
    setIsOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={15} />}
          onClick={() => setIsOpen(!isOpen)}
        >
          Filters
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="New filter">
        <ConditionEditor onDone={add} doneLabel="Add filter" />
      </Popover.Dropdown>
    </Popover>
  );
}

/** The chips; nothing where there is no condition. */
export function FilterChips() {
  const filter = useLeads((leads) => leads.query.filter);
  if (filter.items.length === 0) return null;
  const setItem = (index: number, item: FilterItem | undefined) => {
    const items = filter.items.flatMap((old, at) => (at === index ? (item ?? []) : old));
    filterLeads({ ...filter, items });
  };
  return (
    <ul className={classes.chips} aria-label="Filters in use">
      {filter.items.length > 1 && (
        <li>
          <SegmentedControl
            size="xs"
            aria-label="Which filters have to match"
            value={filter.match}
            data={[
              { value: 'all', label: 'All match' },
              { value: 'any', label: 'Any matches' },
            ]}
            onChange={(match) => filterLeads({ ...filter, match: match === 'any' ? 'any' : 'all' })}
          />
        </li>
      )}
      {filter.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same
        <li key={index}>
          <Chip item={item} onChange={(changed) => setItem(index, changed)} />
        </li>
      ))}
    </ul>
  );
}

interface ChipProps {
  item: FilterItem;
  onChange(item: FilterItem | undefined): void;
}

function Chip({ item, onChange }: ChipProps) {
  const [isOpen, setIsOpen] = useState(false);
  const workspace = useWorkspace();
  const text = describe(item, workspace);
  const flaw = isGroup(item) ? undefined : conditionFlaw(item, workspace.fields);
  return (
    <span className={classes.chip} data-flawed={flaw !== undefined || undefined}>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.chipText}
            title={flaw}
            disabled={isGroup(item)}
            onClick={() => setIsOpen(!isOpen)}
          >
            {flaw !== undefined && <IconAlertTriangle size={14} aria-hidden="true" />}
            {text}
            {flaw !== undefined && <span className={classes.flaw}> · {flaw}</span>}
          </button>
        </Popover.Target>
        <Popover.Dropdown p="sm" aria-label={`Change the filter ${text}`}>
          {!isGroup(item) && (
            <ConditionEditor
              condition={item}
              doneLabel="Change filter"
              onDone={(changed) => {
                onChange(changed);
                setIsOpen(false);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <ActionIcon
        size="xs"
        aria-label={`Remove the filter ${text}`}
        onClick={() => onChange(undefined)}
      >
        <IconX size={13} />
      </ActionIcon>
    </span>
  );
}

/** A group as its conditions with the word between them. */
function describe(item: FilterItem, workspace: Workspace): string {
  if (!isGroup(item)) return describeCondition(item, workspace);
  const word = item.match === 'all' ? ' and ' : ' or ';
  return `(${item.items.map((inner) => describe(inner, workspace)).join(word)})`;
}
