/** The fields of a lead, each editable in place: saved when it is left or by Enter, Esc takes it back. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { FIELD, FIELD_LABELS, type FieldDefinition } from '../../../shared/lead/fields.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { LeadRow } from '../../store/store-contract.ts';
import { cellEdit } from '../leads/cell-edit.ts';
import { NOBODY } from '../leads/columns.ts';
import { flawOf } from '../leads/edit-validation.ts';
import { change } from '../state/changes.ts';
import { useWorkspace } from '../state/workspace.ts';
import classes from './lead-fields.module.css';

export function LeadFields({ row }: { row: LeadRow }) {
  const { stages, members, fields } = useWorkspace();
  return (
    <div className={classes.fields}>
      <TextField
        row={row}
        field={FIELD.name}
        label={FIELD_LABELS.name}
        value={row.name}
        type="text"
      />
      <ChoiceField
        row={row}
        field={FIELD.state}
        label={FIELD_LABELS.state}
        value={row.state.stage}
        choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ChoiceField
        row={row}
        field={FIELD.assignee}
        label={FIELD_LABELS.assignee}
        value={row.assignee ?? NOBODY}
        choices={[
          { value: NOBODY, label: 'Nobody' },
          ...members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {fields.map((field) => (
        <TextField
          key={field.id}
          row={row}
          field={field.id}
          label={field.label}
          value={textOf(row.custom[field.id])}
          type={field.type}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  row: LeadRow;
  field: string;
  label: string;
  value: string;
}

function ChoiceField({
  row,
  field,
  label,
  value,
  choices,
}: FieldProps & { choices: { value: string; label: string }[] }) {
  const id = useId();
  const known = choices.some((choice) => choice.value === value);
  const data = known ? choices : [{ value, label: value }, ...choices];
  return (
    <Line id={id} label={label}>
      <NativeSelect
        id={id}
        size="xs"
        value={value}
        data={data}
        onChange={(event) => save(row, field, label, event.currentTarget.value)}
      />
    </Line>
  );
}

function TextField({ row, field, label, value, type }: FieldProps & Pick<FieldDefinition, 'type'>) {
  const id = useId();
  const [text, setText] = useState(value);
  const [isDirty, setIsDirty] = useState(false);
  // What sync brings shows at once, unless it would take away what is being typed.
  useEffect(() => {
    if (!isDirty) setText(value);
  }, [value, isDirty]);
  const flaw = isDirty ? flawOf(type, text) : undefined;
  const commit = () => {
    if (!isDirty || flaw !== undefined) return;
    setIsDirty(false);
    if (text !== value) save(row, field, label, entered(type, text));
  };
  const input = {
    id,
    size: 'xs',
    value: text,
    error: flaw,
    placeholder: 'Empty',
    onChange: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value);
      setIsDirty(true);
    },
    onBlur: commit,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter' && !(type === 'longText' && event.shiftKey)) {
        event.preventDefault();
        commit();
      }
      if (event.key === 'Escape' && isDirty) {
        event.preventDefault();
        setText(value);
        setIsDirty(false);
      }
    },
  } as const;
  return (
    <Line id={id} label={label}>
      {type === 'longText' ? (
        <Textarea {...input} autosize minRows={2} maxRows={8} />
      ) : (
        <TextInput {...input} type={type === 'date' ? 'date' : 'text'} />
      )}
    </Line>
  );
}

function Line({ id, label, children }: { id: string; label: string; children: React.ReactNode }) {
  return (
    <div className={classes.line}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <div className={classes.value}>{children}</div>
    </div>
  );
}

function save(row: LeadRow, column: string, label: string, value: Json): void {
  const edit = cellEdit(row, column, value, useWorkspace.getState());
  if (!edit) return;
  void change(
    { kind: 'setField', key: row.key, field: edit.field, value: edit.value },
    `${label} changed`,
  );
}

function entered(type: FieldDefinition['type'], text: string): Json {
  if (type === 'number' && text.trim() !== '') return Number(text);
  if (type === 'checkbox') return /^(true|yes|1)$/i.test(text.trim());
  return text;
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
