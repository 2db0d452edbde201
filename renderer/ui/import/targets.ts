/** Choosing where a file's columns go: options, and what stands in the way of an import. */
import type { ColumnTarget, Inspection } from '../../../shared/csv/mapping.ts';
import {
  customFieldId,
  type FieldDefinition,
  type FieldType,
} from '../../../shared/lead/fields.ts';

/** Targets that one column at most can have. */
export const LEAD_TARGETS = [
  { to: 'phone', label: 'Phone number' },
  { to: 'name', label: 'Customer name' },
  { to: 'firstName', label: 'First name' },
  { to: 'lastName', label: 'Last name' },
  { to: 'country', label: 'Country' },
] as const;

/** Types a new field can have. */
export const NEW_FIELD_TYPES: readonly { value: FieldType; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'longText', label: 'Long text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'checkbox', label: 'Checkbox' },
  { value: 'email', label: 'E-mail' },
  { value: 'url', label: 'URL' },
  { value: 'phone', label: 'Phone' },
];

const NEW_FIELD = 'new';
const FIELD_CHOICE = 'field:';
/** Characters that a field's name can have. */
export const MAX_LABEL = 80;

/** The value of the select that stands for a target. */
export function choiceOf(target: ColumnTarget, fields: readonly FieldDefinition[]): string {
  if (target.to !== 'custom') return target.to;
  const id = customFieldId(target.label);
  return fields.some((field) => field.id === id) ? FIELD_CHOICE + id : NEW_FIELD;
}

/** The target that a choice of the select stands for. @param label the column's own label */
export function targetOf(
  choice: string,
  label: string,
  fields: readonly FieldDefinition[],
): ColumnTarget {
  if (choice === NEW_FIELD) {
    return { to: 'custom', label: newLabel(label, fields), type: 'text' };
  }
  const field = fields.find(({ id }) => FIELD_CHOICE + id === choice);
  if (field) return { to: 'custom', label: field.label, type: field.type };
  const lead = LEAD_TARGETS.find(({ to }) => to === choice);
  return lead ? { to: lead.to } : { to: 'nothing' };
}

/** Whether a target is a field that does not exist yet. */
export function isNewField(
  target: ColumnTarget,
  fields: readonly FieldDefinition[],
): target is Extract<ColumnTarget, { to: 'custom' }> {
  return target.to === 'custom' && choiceOf(target, fields) === NEW_FIELD;
}

/** A field by its name: the one that has it already, or a new one of that type. */
export function namedField(
  label: string,
  type: FieldType,
  fields: readonly FieldDefinition[],
): Extract<ColumnTarget, { to: 'custom' }> {
  const id = customFieldId(label);
  const known = label === '' ? undefined : fields.find((field) => field.id === id);
  return { to: 'custom', label: known?.label ?? label, type: known?.type ?? type };
}

/** Options of the select for one column. */
export function choicesFor(label: string, fields: readonly FieldDefinition[]) {
  const existing = fields.map((field) => ({ value: FIELD_CHOICE + field.id, label: field.label }));
  return [
    {
      group: 'Lead',
      items: LEAD_TARGETS.map(({ to, label: name }) => ({ value: to, label: name })),
    },
    ...(existing.length > 0 ? [{ group: 'Fields', items: existing }] : []),
    {
      group: 'Other',
      items: [
        { value: NEW_FIELD, label: `New field “${shorten(newLabel(label, fields))}”` },
        { value: 'nothing', label: 'Don’t import' },
      ],
    },
  ];
}

/** What is wrong with the targets, by column; empty when nothing is. */
export function targetProblems(
  columns: Inspection['columns'],
  targets: readonly ColumnTarget[],
): Map<number, string> {
  const problems = new Map<number, string>();
  const takenBy = new Map<string, number>();
  targets.forEach((target, index) => {
    if (target.to === 'nothing') return;
    if (target.to === 'custom' && target.label.trim() === '') {
      problems.set(index, 'Name the new field');
      return;
    }
    const place = target.to === 'custom' ? customFieldId(target.label) : target.to;
    const taken = takenBy.get(place);
    if (taken === undefined) takenBy.set(place, index);
    else problems.set(index, `Already taken by “${columns[taken]?.label ?? ''}”`);
  });
  return problems;
}

/** Whether any column brings phone numbers. */
export function hasPhone(targets: readonly ColumnTarget[]): boolean {
  return targets.some(({ to }) => to === 'phone');
}

/** Whether any column is imported at all. */
export function bringsAnything(targets: readonly ColumnTarget[]): boolean {
  return targets.some(({ to }) => to !== 'nothing' && to !== 'country');
}

/** The column's label, told apart from a field that has it already. */
function newLabel(label: string, fields: readonly FieldDefinition[]): string {
  const base = label.trim().slice(0, MAX_LABEL) || 'Field';
  const ids = new Set(fields.map(({ id }) => id));
  if (!ids.has(customFieldId(base))) return base;
  for (let n = 2; ; n++) {
    const candidate = `${base.slice(0, MAX_LABEL - 4)} ${n}`;
    if (!ids.has(customFieldId(candidate))) return candidate;
  }
}

function shorten(label: string): string {
  return label.length > 28 ? `${label.slice(0, 27)}…` : label;
}
