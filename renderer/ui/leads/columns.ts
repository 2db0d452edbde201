/** The table's columns: system and default fields, then the team's own. */
import type { ColDef, ICellEditorParams } from 'ag-grid-community';
import {
  CUSTOM_PREFIX,
  FIELD,
  FIELD_LABELS,
  type FieldDefinition,
} from '../../../shared/lead/fields.ts';
import type { LeadRow, Workspace } from '../../store/store-contract.ts';
import {
  assigneeCell,
  customCell,
  customText,
  nameCell,
  nameOf,
  phoneCell,
  stateCell,
  statusCell,
  timeCell,
} from './cells.ts';
import { flawOf } from './edit-validation.ts';

type LeadColumn = ColDef<LeadRow>;

/** Stands for nobody in the editor of Assigned To, which knows no null. */
export const NOBODY = '';

/** What all columns have in common; sorting is the store's, so the grid's own changes nothing. */
export const defaultColumn: LeadColumn = {
  sortable: true,
  resizable: true,
  suppressHeaderMenuButton: true,
  comparator: () => 0,
  minWidth: 90,
  width: 150,
};

/** All columns for a workspace. */
export function leadColumns(workspace: Workspace): LeadColumn[] {
  const [name, phone, ...system] = fixedColumns(workspace);
  const times = system.splice(-2);
  const custom = workspace.fields.map(customColumn);
  return [name, phone, ...system, ...custom, ...times].filter((column) => column !== undefined);
}

function fixedColumns({ stages, members }: Workspace): LeadColumn[] {
  return [
    {
      colId: FIELD.name,
      headerName: FIELD_LABELS.name,
      width: 200,
      field: 'name',
      editable: true,
      cellRenderer: nameCell,
      ...textEditor('text'),
    },
    {
      colId: FIELD.phone,
      headerName: FIELD_LABELS.phone,
      width: 230,
      field: 'phone',
      cellRenderer: phoneCell,
    },
    {
      colId: FIELD.state,
      headerName: FIELD_LABELS.state,
      width: 140,
      valueGetter: ({ data }) => data?.state.stage,
      editable: true,
      cellRenderer: stateCell,
      cellEditor: 'agSelectCellEditor',
      cellEditorParams: { values: stages.map(({ id }) => id) },
      valueFormatter: ({ value }) => stages.find(({ id }) => id === value)?.name ?? value,
    },
    {
      colId: 'status',
      headerName: 'Status',
      width: 100,
      valueGetter: ({ data }) => data?.state.status,
      cellRenderer: statusCell,
    },
    {
      colId: FIELD.assignee,
      headerName: FIELD_LABELS.assignee,
      width: 170,
      valueGetter: ({ data }) => data?.assignee ?? NOBODY,
      editable: members.length > 0,
      cellRenderer: assigneeCell,
      cellEditor: 'agSelectCellEditor',
      cellEditorParams: { values: [NOBODY, ...members.map(({ id }) => id)] },
      valueFormatter: ({ value, context }) =>
        value === NOBODY ? 'Nobody' : nameOf(value, context),
    },
    {
      colId: 'createdAt',
      headerName: 'Created At',
      width: 130,
      field: 'createdAt',
      cellRenderer: timeCell,
      initialSort: 'desc',
      sortingOrder: ['desc', 'asc', null],
    },
    {
      colId: 'updatedAt',
      headerName: 'Updated At',
      width: 130,
      field: 'updatedAt',
      cellRenderer: timeCell,
      sortingOrder: ['desc', 'asc', null],
    },
  ];
}

function customColumn({ id, label, type }: FieldDefinition): LeadColumn {
  return {
    colId: id,
    headerName: label,
    width: type === 'longText' ? 240 : 160,
    valueGetter: ({ data }) => data?.custom[id],
    valueFormatter: ({ value }) => customText(value, type),
    tooltipValueGetter: type === 'longText' ? ({ value }) => customText(value, type) : undefined,
    editable: true,
    cellRenderer: customCell,
    ...editorOf(type),
  } as LeadColumn;
}

function editorOf(type: FieldDefinition['type']): LeadColumn {
  switch (type) {
    case 'longText':
      return { cellEditor: 'agLargeTextCellEditor', cellEditorPopup: true };
    case 'number':
      return { cellEditor: 'agNumberCellEditor', type: 'rightAligned', ...validated('number') };
    case 'date':
      return { cellEditor: 'agDateStringCellEditor', cellDataType: 'dateString' };
    case 'checkbox':
      return {
        cellEditor: 'agCheckboxCellEditor',
        cellRenderer: 'agCheckboxCellRenderer',
        cellDataType: 'boolean',
      };
    default:
      return textEditor(type);
  }
}

function textEditor(type: FieldDefinition['type']): LeadColumn {
  return { cellEditor: 'agTextCellEditor', cellDataType: 'text', ...validated(type) };
}

function validated(type: FieldDefinition['type']): LeadColumn {
  const getValidationErrors = ({ value }: Pick<ICellEditorParams, 'value'>) => {
    const flaw = flawOf(type, value);
    return flaw === undefined ? null : [flaw];
  };
  return { cellEditorParams: { getValidationErrors } };
}

/** Whether a column shows a field of the team's own. */
export function isCustom(column: string): boolean {
  return column.startsWith(CUSTOM_PREFIX);
}
