/** The table: one page of leads, sorted by the store, edited in place. */
import {
  type CellEditRequestEvent,
  CheckboxEditorModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  DateEditorModule,
  type GridApi,
  HighlightChangesModule,
  LargeTextEditorModule,
  ModuleRegistry,
  NumberEditorModule,
  RenderApiModule,
  RowApiModule,
  SelectEditorModule,
  type SortChangedEvent,
  TextEditorModule,
  TooltipModule,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LeadRow } from '../../store/store-contract.ts';
import { styleNonce } from '../nonce.ts';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { commitEdit, setEditing, sortLeads, useLeads } from '../state/leads.ts';
import { useWorkspace } from '../state/workspace.ts';
import { cellEdit } from './cell-edit.ts';
import type { GridContext } from './cells.tsx';
import { defaultColumn, leadColumns } from './columns.ts';
import { gridIcons } from './grid-icons.ts';
import { gridTheme } from './grid-theme.ts';
import classes from './leads-table.module.css';

const MINUTE = 60_000;

ModuleRegistry.registerModules([
  CheckboxEditorModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  DateEditorModule,
  HighlightChangesModule,
  LargeTextEditorModule,
  NumberEditorModule,
  RenderApiModule,
  RowApiModule,
  SelectEditorModule,
  TextEditorModule,
  TooltipModule,
]);

export function LeadsTable() {
  const rows = useLeads((leads) => leads.page?.rows);
  const workspace = useWorkspace();
  const now = useNow();
  const api = useRef<GridApi<LeadRow> | null>(null);
  const columns = useMemo(() => leadColumns(workspace), [workspace]);
  const context = useMemo<GridContext>(() => ({ workspace, now }), [workspace, now]);
  useFlashes(api);
  useFreshTimes(api, context);
  return (
    <div className={classes.table}>
      <AgGridReact<LeadRow>
        theme={gridTheme}
        styleNonce={styleNonce()}
        icons={gridIcons}
        rowData={rows ?? []}
        columnDefs={columns}
        defaultColDef={defaultColumn}
        context={context}
        getRowId={({ data }) => data.key}
        onGridReady={(ready) => {
          api.current = ready.api;
        }}
        readOnlyEdit
        invalidEditValueMode="block"
        stopEditingWhenCellsLoseFocus
        maintainColumnOrder
        suppressDragLeaveHidesColumns
        suppressMovableColumns
        tooltipShowDelay={400}
        onSortChanged={askForOrder}
        onCellEditRequest={(event) => void takeEdit(event)}
        onCellEditingStarted={() => setEditing(true)}
        onCellEditingStopped={() => setEditing(false)}
      />
    </div>
  );
}

function askForOrder({ api }: SortChangedEvent<LeadRow>): void {
  const sorted = api.getColumnState().filter(({ sort }) => sort === 'asc' || sort === 'desc');
  sorted.sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0));
  sortLeads(
    sorted.map(({ colId, sort }) => ({
      column: colId,
      direction: sort === 'asc' ? 'asc' : 'desc',
    })),
  );
}

async function takeEdit({ data, column, newValue }: CellEditRequestEvent<LeadRow>): Promise<void> {
  const edit = cellEdit(data, column.getColId(), newValue, useWorkspace.getState());
  if (!edit) return;
  try {
    await commitEdit(data, edit.row, edit.field, edit.value);
  } catch (error) {
    notifyProblem('The change was not saved', problemOf(error).message);
  }
}

/** Cells that sync changed light up softly. */
function useFlashes(api: React.RefObject<GridApi<LeadRow> | null>): void {
  const changes = useLeads((leads) => leads.changes);
  useEffect(() => {
    for (const { key, column } of changes) {
      const row = api.current?.getRowNode(key);
      if (row) api.current?.flashCells({ rowNodes: [row], columns: [column] });
    }
  }, [api, changes]);
}

/** Relative times and names are drawn anew when what they depend on changed. */
function useFreshTimes(api: React.RefObject<GridApi<LeadRow> | null>, context: GridContext): void {
  useEffect(() => {
    if (context) api.current?.refreshCells({ force: true });
  }, [api, context]);
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
