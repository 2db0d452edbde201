/** Values of a lead's fields, and who set them, in words for people. */
import { FIELD } from '../../../shared/lead/fields.ts';
import { leadStateSchema } from '../../../shared/lead/pipeline.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { Workspace } from '../../store/store-contract.ts';
import { customText, nameOf } from '../leads/cells.ts';

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
export function memberName(id: string | null, workspace: Workspace): string {
  return id === null ? 'Somebody' : nameOf(id, { workspace });
}
