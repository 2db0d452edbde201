/** One condition: a field, how it is compared, and with what. */
import { Button, Group, MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SOURCE_LABELS, STATUS_LABELS } from '../../../shared/filter/describe.ts';
import { type Condition, checkCondition } from '../../../shared/filter/filter.ts';
import { type FilterField, filterFields } from '../../../shared/filter/filter-fields.ts';
import { type Operator, operatorsFor, type ValueShape } from '../../../shared/filter/operators.ts';
import { STATUSES } from '../../../shared/lead/pipeline.ts';
import { SOURCES } from '../../../shared/lead/via.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { Workspace } from '../../store/store-contract.ts';
import { useWorkspace } from '../state/workspace.ts';

interface ConditionEditorProps {
  condition?: Condition;
  doneLabel: string;
  onDone(condition: Condition): void;
}

export function ConditionEditor({ condition, doneLabel, onDone }: ConditionEditorProps) {
  const workspace = useWorkspace();
  const fields = filterFields(workspace.fields).filter(({ type }) => type !== 'intake');
  const [draft, setDraft] = useState<Condition>(condition ?? emptyCondition(fields[0]));
  const field = fields.find(({ id }) => id === draft.field);
  const operators = field ? operatorsFor(field.type) : [];
  const operator = operators.find(({ id }) => id === draft.operator);
  const isSound = !('flaw' in checkCondition(draft, fields));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound) onDone(draft);
      }}
    >
      <Stack gap="xs" w={280}>
        <NativeSelect
          data-autofocus
          size="xs"
          label="Field"
          value={draft.field}
          data={fields.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ currentTarget }) =>
            setDraft(emptyCondition(fields.find(({ id }) => id === currentTarget.value)))
          }
        />
        <NativeSelect
          size="xs"
          label="Comparison"
          value={draft.operator}
          data={operators.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ currentTarget }) =>
            setDraft(withOperator(draft, operators, currentTarget.value))
          }
        />
        {field && operator && (
          <ValueInput
            key={`${field.id} ${operator.value}`}
            shape={operator.value}
            value={draft.value}
            choices={choicesOf(field, workspace)}
            onChange={(value) => setDraft({ ...draft, value })}
          />
        )}
        <Group justify="flex-end">
          <Button size="xs" type="submit" disabled={!isSound}>
            {doneLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Choice {
  value: string;
  label: string;
}

interface ValueInputProps {
  shape: ValueShape;
  value: Json | undefined;
  choices: Choice[];
  onChange(value: Json): void;
}

function ValueInput({ shape, value, choices, onChange }: ValueInputProps) {
  switch (shape) {
    case 'none':
      return null;
    case 'text':
      return <One label="Value" value={textOf(value)} onChange={onChange} />;
    case 'number':
      return (
        <One label="Value" value={textOf(value)} onChange={(text) => onChange(toNumber(text))} />
      );
    case 'count':
      return (
        <One label="Days" value={textOf(value)} onChange={(text) => onChange(toNumber(text))} />
      );
    case 'day':
      return <One label="Day" type="date" value={textOf(value)} onChange={onChange} />;
    case 'numbers':
      return <Two value={value} onChange={(pair) => onChange(pair.map(toNumber))} />;
    case 'days':
      return <Two type="date" value={value} onChange={onChange} />;
    case 'flag':
      return (
        <NativeSelect
          size="xs"
          label="Value"
          value={value === undefined ? '' : String(value)}
          data={[
            { value: '', label: 'Choose…' },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          onChange={(event) => onChange(event.currentTarget.value === 'true')}
        />
      );
    case 'choice':
      return choices.length === 0 ? (
        <One label="Value" value={textOf(value)} onChange={onChange} />
      ) : (
        <NativeSelect
          size="xs"
          label="Value"
          value={textOf(value)}
          data={[{ value: '', label: 'Choose…' }, ...choices]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choices':
      return choices.length === 0 ? (
        <One
          label="Values, with commas between"
          value={Array.isArray(value) ? value.join(', ') : ''}
          onChange={(text) => onChange(splitChoices(text))}
        />
      ) : (
        <MultiSelect
          size="xs"
          label="Values"
          placeholder="Choose…"
          data={choices}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
          comboboxProps={{ withinPortal: false }}
        />
      );
  }
}

interface OneProps {
  label: string;
  type?: 'date';
  value: string;
  onChange(text: string): void;
}

function One({ label, type, value, onChange }: OneProps) {
  const [text, setText] = useState(value);
  return (
    <TextInput
      size="xs"
      label={label}
      type={type ?? 'text'}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}

interface TwoProps {
  type?: 'date';
  value: Json | undefined;
  onChange(pair: string[]): void;
}

function Two({ type, value, onChange }: TwoProps) {
  const [first, second] = Array.isArray(value) ? value : [];
  const [from, setFrom] = useState(textOf(first));
  const [to, setTo] = useState(textOf(second));
  return (
    <Group gap="xs" grow>
      <One
        label="From"
        {...(type ? { type } : {})}
        value={from}
        onChange={(text) => {
          setFrom(text);
          onChange([text, to]);
        }}
      />
      <One
        label="To"
        {...(type ? { type } : {})}
        value={to}
        onChange={(text) => {
          setTo(text);
          onChange([from, text]);
        }}
      />
    </Group>
  );
}

function emptyCondition(field: FilterField | undefined): Condition {
  const operator = field && operatorsFor(field.type)[0];
  return { field: field?.id ?? '', operator: operator?.id ?? '' };
}

/** The value stays where the new operator takes one of the same shape. */
function withOperator(draft: Condition, operators: readonly Operator[], id: string): Condition {
  const shapeOf = (wanted: string) => operators.find((operator) => operator.id === wanted)?.value;
  const { field, value } = draft;
  const keeps = shapeOf(id) === shapeOf(draft.operator) && value !== undefined;
  return keeps ? { field, operator: id, value } : { field, operator: id };
}

function choicesOf({ type }: FilterField, { stages, members }: Workspace): Choice[] {
  if (type === 'stage') return stages.map(({ id, name }) => ({ value: id, label: name }));
  if (type === 'member') return members.map(({ id, name }) => ({ value: id, label: name }));
  if (type === 'status') return STATUSES.map((id) => ({ value: id, label: STATUS_LABELS[id] }));
  if (type === 'source') return SOURCES.map((id) => ({ value: id, label: SOURCE_LABELS[id] }));
  return [];
}

function splitChoices(text: string): string[] {
  return text.split(',').flatMap((part) => part.trim() || []);
}

function toNumber(text: string): Json {
  return text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
