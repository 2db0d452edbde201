/** Name and type of a field that the import makes. */
import { NativeSelect, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { ColumnTarget } from '../../../shared/csv/mapping.ts';
import type { FieldDefinition } from '../../../shared/lead/fields.ts';
import classes from './new-field.module.css';
import { MAX_LABEL, NEW_FIELD_TYPES, namedField } from './targets.ts';

type CustomTarget = Extract<ColumnTarget, { to: 'custom' }>;

interface NewFieldProps {
  columnLabel: string;
  target: CustomTarget;
  fields: readonly FieldDefinition[];
  problem: string | undefined;
  onChange(target: CustomTarget): void;
}

export function NewField({ columnLabel, target, fields, problem, onChange }: NewFieldProps) {
  // Taken over when it is complete: a name half written may be that of another field.
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null) onChange(namedField(draft.trim(), target.type, fields));
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
  };
  const chooseType = (value: string) => {
    const type = NEW_FIELD_TYPES.find((known) => known.value === value)?.value;
    if (type) onChange({ ...target, type });
  };
  return (
    <div className={classes.field}>
      <TextInput
        size="xs"
        className={classes.name}
        aria-label={`Field name for ${columnLabel}`}
        maxLength={MAX_LABEL}
        value={draft ?? target.label}
        error={problem}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <NativeSelect
        size="xs"
        className={classes.type}
        aria-label={`Field type for ${columnLabel}`}
        data={NEW_FIELD_TYPES}
        value={target.type}
        onChange={(event) => chooseType(event.currentTarget.value)}
      />
    </div>
  );
}
