/** Names and values of a lead's fields in words for people. */
import { FIELD } from '../../../shared/lead/fields.ts';
import { leadStateSchema } from '../../../shared/lead/pipeline.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { Workspace } from '../../store/store-contract.ts';
import { customText } from '../leads/cells.ts';

const NAMES: Readonly<Record<string, string>> = {
  [FIELD.name]: 'Customer Name',
  [FIELD.phone]: 'Phone Number',
  [FIELD.extension]: 'Extension',
  [FIELD.state]: 'State',
  [FIELD.assignee]: 'Assigned To',
  [FIELD.movedTo]: 'New number',
};

/** The label of a field; of one the team no longer has, its id. */
export function fieldName(field: string, { fields }: Workspace): string {
  return NAMES[field] ?? fields.find(({ id }) => id === field)?.label ?? field;
}

/** A value as people read it; `empty` for none. */
export function valueText(field: string, value: Json, workspace: Workspace): string {
  if (field === FIELD.state) {
    const state = leadStateSchema.safeParse(value);
    const stage = state.data && workspace.stages.find(({ id }) => id === state.data.stage);
    return stage?.name ?? state.data?.stage ?? 'empty';
  }
  if (field === FIELD.assignee) {
    if (typeof value !== 'string') return 'Nobody';
    return memberName(value, workspace);
  }
  const type = workspace.fields.find(({ id }) => id === field)?.type ?? 'text';
  return customText(value, type) || 'empty';
}

/** The name of a member; of one who is gone or unknown, that. */
export function memberName(id: string | null, { members }: Workspace): string {
  if (id === null) return 'Somebody';
  return members.find((member) => member.id === id)?.name ?? 'Former member';
}
