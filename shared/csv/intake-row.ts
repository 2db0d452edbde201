/** Makes of a row of cells what the store takes in. */
import { FIELD } from '../lead/fields.ts';
import type { IntakeRow } from '../lead/intake.ts';
import { contentKey } from '../phone/content-key.ts';
import { countryOf } from '../phone/country.ts';
import { phoneKey } from '../phone/phone-key.ts';
import type { Json } from '../record/json.ts';
import { cellText } from './cell-text.ts';
import type { ColumnField, ColumnFields, ColumnRole } from './columns.ts';
import { fieldValue } from './field-value.ts';
import type { ImportPlan } from './mapping.ts';

/** Longest value, in UTF-16 code units. */
export const MAX_VALUE_LENGTH = 10_000;
/** Most values in a row: a record has room for these and what it had before. */
export const MAX_VALUES = 500;

export type RowOutcome =
  | { kind: 'row'; row: IntakeRow }
  | { kind: 'rejected'; line: number; reason: string }
  /** Nothing but white space. */
  | { kind: 'blank' };

/**
 * The row with the key of its lead and a value for each field that it fills.
 * @param line where the row begins in the file, from 1
 * @param fields what {@link ColumnFields} makes of the plan's targets
 */
export function toIntakeRow(
  cells: readonly string[],
  line: number,
  { targets, country }: Pick<ImportPlan, 'targets' | 'country'>,
  { columns }: ColumnFields,
): RowOutcome {
  const texts = cells.map(cellText);
  const width = texts.findLastIndex((text) => text !== '') + 1;
  if (width === 0) return { kind: 'blank' };
  const filled = filledFields(texts, columns);
  const reason = problemOf(filled, width, targets.length);
  if (reason !== undefined) return { kind: 'rejected', line, reason };
  return { kind: 'row', row: { line, ...keyAndValues(filled, country) } };
}

interface FilledField {
  field: ColumnField;
  text: string;
}

function filledFields(texts: readonly string[], columns: ColumnFields['columns']): FilledField[] {
  const filled: FilledField[] = [];
  for (let i = 0; i < columns.length; i++) {
    const field = columns[i];
    const text = texts[i];
    if (field !== undefined && text) filled.push({ field, text });
  }
  return filled;
}

function problemOf(filled: FilledField[], width: number, columns: number): string | undefined {
  if (width > columns) return `more values than columns (${width} of ${columns})`;
  if (filled.length === 0) return 'no value in any of the columns to import';
  if (filled.length > MAX_VALUES) return `more than ${MAX_VALUES} values`;
  const long = filled.find(({ text }) => text.length > MAX_VALUE_LENGTH);
  if (long === undefined) return undefined;
  return `a value is longer than 10,000 characters (${long.text.length.toLocaleString('en-US')})`;
}

function keyAndValues(filled: FilledField[], country: string): Omit<IntakeRow, 'line'> {
  const values: Record<string, Json> = {};
  for (const { field, text } of filled) values[field.id] = fieldValue(text, field.type);
  const name = values[FIELD.name] ?? textOf(filled, 'firstName');
  if (typeof name === 'string') values[FIELD.name] = oneLine(name);
  return { key: setPhone(values, filled, country) ?? keyByContent(filled), values };
}

/** Sets the phone as dialled and its extension. @returns its key, if it is usable */
function setPhone(
  values: Record<string, Json>,
  filled: FilledField[],
  country: string,
): string | undefined {
  const text = textOf(filled, 'phone');
  if (text === undefined) return undefined;
  const phone = phoneKey(text, countryIn(filled) ?? country);
  if (phone === undefined) return undefined;
  values[FIELD.phone] = phone.dialled;
  if (phone.extension !== '') values[FIELD.extension] = phone.extension;
  return phone.key;
}

function countryIn(filled: FilledField[]): string | undefined {
  const text = textOf(filled, 'country');
  return text === undefined ? undefined : countryOf(text);
}

/** By the texts, not by the values: another guess of a field's type must not make another lead. */
function keyByContent(filled: FilledField[]): string {
  return contentKey(Object.fromEntries(filled.map(({ field, text }) => [field.id, text])));
}

function textOf(filled: FilledField[], role: ColumnRole): string | undefined {
  return filled.find(({ field }) => field.role === role)?.text;
}

function oneLine(text: string): string {
  return /\s\s|\n/.test(text) ? text.replace(/\s+/g, ' ') : text;
}
