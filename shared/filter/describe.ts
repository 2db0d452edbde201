/** Conditions in words, as chips show them. */
import type { FieldDefinition } from '../lead/fields.ts';
import type { Stage, Status } from '../lead/pipeline.ts';
import type { Json } from '../record/json.ts';
import { dayText } from './created-range.ts';
import { isDay } from './days.ts';
import { type Condition, checkCondition } from './filter.ts';
import { FILTER_FIELD, type FilterField, type FilterType, filterFields } from './filter-fields.ts';
import { operatorsFor } from './operators.ts';
import { valueText } from './values.ts';

/** What ids are called. */
export interface Names {
  fields: readonly FieldDefinition[];
  stages: readonly Pick<Stage, 'id' | 'name'>[];
  members: readonly { id: string; name: string }[];
  tags?: readonly { id: string; name: string }[];
  /** Imports and the like. */
  intakes?: readonly { id: string; name: string }[];
}

export const STATUS_LABELS: Record<Status, string> = {
  open: 'Open',
  closed: 'Closed',
  cancelled: 'Cancelled',
};
export const SOURCE_LABELS = {
  chat: 'Chat',
  broadcast: 'Broadcast list',
  form: 'Form',
  import: 'Import',
  webhook: 'Webhook',
} as const;

/** More choices than this are counted. */
const MAX_CHOICES = 3;

/** `State is any of New, Contacted`. A condition that can't be applied is described as far as it goes. */
export function describeCondition(condition: Condition, names: Names): string {
  const fields = filterFields(names.fields);
  const field = fields.find(({ id }) => id === condition.field);
  if (field === undefined) return 'A field that no longer exists';
  if ('flaw' in checkCondition(condition, fields)) return `${field.label} …`;
  if (field.type === 'checkbox') return describeCheckbox(field, condition.value === true);
  const operator = operatorsFor(field.type).find(({ id }) => id === condition.operator);
  const value = describeValue(condition, field, names);
  return [field.label, operator?.label ?? '', value].filter(Boolean).join(' ');
}

/** Why a condition can't be applied, or undefined. Such a condition matches nothing. */
export function conditionFlaw(
  condition: Condition,
  definitions: readonly FieldDefinition[],
): string | undefined {
  const checked = checkCondition(condition, filterFields(definitions));
  return 'flaw' in checked ? checked.flaw : undefined;
}

function describeCheckbox({ id, label }: FilterField, isChecked: boolean): string {
  if (id === FILTER_FIELD.needsPhone) return isChecked ? 'Needs phone' : 'Does not need phone';
  return `${label} is ${isChecked ? 'checked' : 'not checked'}`;
}

function describeValue(
  { operator, value }: Condition,
  { type }: FilterField,
  names: Names,
): string {
  if (operator === 'inLast' || operator === 'inNext') {
    return value === 1 ? '1 day' : `${valueText(value)} days`;
  }
  if (operator === 'isEmpty' || operator === 'isNotEmpty' || operator === 'today') return '';
  const texts = (Array.isArray(value) ? value : [value ?? '']).map((item) =>
    describeItem(item, type, names),
  );
  if (operator === 'between') return texts.join(' and ');
  if (texts.length <= MAX_CHOICES) return texts.join(', ');
  return `${texts.slice(0, MAX_CHOICES - 1).join(', ')} and ${texts.length - MAX_CHOICES + 1} more`;
}

function describeItem(item: Json, type: FilterType, names: Names): string {
  const text = valueText(item);
  switch (type) {
    case 'text':
    case 'phone':
      return `“${text}”`;
    case 'date':
    case 'time':
      return isDay(text) ? dayText(text) : text;
    case 'stage':
      return nameIn(names.stages, text) ?? 'a former stage';
    case 'member':
      return nameIn(names.members, text) ?? 'a former member';
    case 'tags':
      return nameIn(names.tags, text) ?? 'a former tag';
    case 'intake':
      return nameIn(names.intakes, text) ?? 'one import';
    case 'status':
      return (STATUS_LABELS as Record<string, string>)[text] ?? text;
    case 'source':
      return (SOURCE_LABELS as Record<string, string>)[text] ?? text;
    default:
      return text;
  }
}

function nameIn(named: Names['members'] | undefined, id: string): string | undefined {
  return named?.find((item) => item.id === id)?.name;
}
