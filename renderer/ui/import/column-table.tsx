/** The columns of a file, one a row, each with the place its values go to. */
import { NativeSelect } from '@mantine/core';
import { memo } from 'react';
import type { ColumnTarget, Inspection } from '../../../shared/csv/mapping.ts';
import type { FieldDefinition } from '../../../shared/lead/fields.ts';
import { chooseTarget } from '../state/imports.ts';
import { useWorkspace } from '../state/workspace.ts';
import classes from './column-table.module.css';
import { NewField } from './new-field.tsx';
import { choiceOf, choicesFor, isNewField, targetOf } from './targets.ts';

const SAMPLES = 3;

interface ColumnTableProps {
  columns: Inspection['columns'];
  targets: readonly ColumnTarget[];
  problems: ReadonlyMap<number, string>;
}

export function ColumnTable({ columns, targets, problems }: ColumnTableProps) {
  const fields = useWorkspace((workspace) => workspace.fields);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Column in the file</th>
          <th scope="col">Goes to</th>
          <th scope="col">Name and type of a new field</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, index) => (
          <ColumnRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
            key={index}
            index={index}
            column={column}
            target={targets[index] ?? NOTHING}
            fields={fields}
            problem={problems.get(index)}
          />
        ))}
      </tbody>
    </table>
  );
}

const NOTHING: ColumnTarget = { to: 'nothing' };

interface ColumnRowProps {
  index: number;
  column: Inspection['columns'][number];
  target: ColumnTarget;
  fields: readonly FieldDefinition[];
  problem: string | undefined;
}

/** Remembered, since files with hundreds of columns exist. */
const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { index, column, target, fields, problem } = props;
  const { label } = column;
  const samples = column.samples.slice(0, SAMPLES).join(' · ');
  const isNew = isNewField(target, fields);
  return (
    <tr className={classes.row} data-left-out={target.to === 'nothing'}>
      <th scope="row" className={classes.column}>
        <span className={classes.label} title={label}>
          {label}
        </span>
        <span className={classes.samples} title={samples}>
          {samples || 'No values in the first rows'}
        </span>
      </th>
      <td>
        <NativeSelect
          size="xs"
          aria-label={`Column ${label}`}
          data={choicesFor(label, fields)}
          value={choiceOf(target, fields)}
          error={isNew ? undefined : problem}
          onChange={(event) =>
            chooseTarget(index, targetOf(event.currentTarget.value, label, fields))
          }
        />
      </td>
      <td>
        {isNew && (
          <NewField
            columnLabel={label}
            target={target}
            fields={fields}
            problem={problem}
            onChange={(changed) => chooseTarget(index, changed)}
          />
        )}
      </td>
    </tr>
  );
});
