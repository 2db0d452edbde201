/** An edit of a cell as a change of its lead. */
import { FIELD } from '../../../shared/lead/fields.ts';
import { stateInStage } from '../../../shared/lead/pipeline.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { LeadRow, Workspace } from '../../store/store-contract.ts';
import { isCustom, NOBODY } from './columns.ts';

export interface CellEdit {
  /** Field of the lead's record. */
  field: string;
  value: Json;
  /** The row as it looks with the edit. */
  row: LeadRow;
}

/** What an editor's value makes of a row; undefined where the column can't take it. */
export function cellEdit(
  row: LeadRow,
  column: string,
  entered: unknown,
  { stages }: Workspace,
): CellEdit | undefined {
  if (column === FIELD.name) {
    const name = typeof entered === 'string' ? entered.trim() : '';
    return { field: FIELD.name, value: name || null, row: { ...row, name } };
  }
  if (column === FIELD.state) {
    const stage = stages.find(({ id }) => id === entered);
    if (!stage) return undefined;
    const state = stateInStage(stage);
    return {
      field: FIELD.state,
      value: { stage: state.stage, status: state.status },
      row: { ...row, state },
    };
  }
  if (column === FIELD.assignee) {
    const assignee = typeof entered === 'string' && entered !== NOBODY ? entered : null;
    return { field: FIELD.assignee, value: assignee, row: { ...row, assignee } };
  }
  if (!isCustom(column)) return undefined;
  const value = enteredValue(entered);
  return { field: column, value, row: { ...row, custom: { ...row.custom, [column]: value } } };
}

function enteredValue(entered: unknown): Json {
  if (typeof entered === 'string') return entered.trim() || null;
  return typeof entered === 'number' || typeof entered === 'boolean' ? entered : null;
}
