/** The table: one page of leads, sorted by the store, edited in place. */
import {
  type CellEditRequestEvent,
  type CellKeyDownEvent,
  CellStyleModule,
  CheckboxEditorModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  createGrid,
  DateEditorModule,
  type FullWidthCellKeyDownEvent,
  type GridApi,
  type GridOptions,
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
import { useEffect, useMemo, useRef, useState } from 'react';
import { parseSearch } from '../../../shared/filter/search.ts';
import type { LeadRow } from '../../store/store-contract.ts';
import { styleNonce } from '../nonce.ts';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { commitEdit, setEditing, sortLeads, useLeads } from '../state/leads.ts';
import { openLead } from '../state/open-lead.ts';
import { useWorkspace } from '../state/workspace.ts';
import { cellEdit } from './cell-edit.ts';
import type { GridContext } from './cells.ts';
import { defaultColumn, leadColumns } from './columns.ts';
import { drawRows, PRACTICE_ROW, practise } from './draw-rows.ts';
import { gridIcons } from './grid-icons.ts';
import { gridTheme } from './grid-theme.ts';
import classes from './leads-table.module.css';

const MINUTE = 60_000;

ModuleRegistry.registerModules([
  CellStyleModule,
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

/** Stays in place while there are no leads: making a grid takes longer than a keystroke may. */
export function LeadsTable() {
  const place = useRef<HTMLDivElement>(null);
  const grid = useRef<GridApi<LeadRow> | null>(null);
  const rows = useLeads((leads) => leads.page?.rows);
  const workspace = useWorkspace();
  const now = useNow();
  const searched = useLeads((leads) => leads.answered?.search ?? '');
  const search = useMemo(() => parseSearch(searched), [searched]);
  useEffect(() => {
    if (!place.current) return;
    const api = createGrid<LeadRow>(place.current, gridOptions());
    grid.current = api;
    const idle = requestIdleCallback(() => practise(useWorkspace.getState().timeZone));
    return () => {
      cancelIdleCallback(idle);
      grid.current = null;
      api.destroy();
    };
  }, []);
  useEffect(() => {
    grid.current?.setGridOption('columnDefs', leadColumns(workspace));
  }, [workspace]);
  useEffect(() => {
    const context: GridContext = { workspace, now, search, open: openLead };
    grid.current?.setGridOption('context', context);
    grid.current?.refreshCells({ force: true });
  }, [workspace, now, search]);
  useEffect(() => {
    return grid.current ? drawRows(grid.current, rows ?? []) : undefined;
  }, [rows]);
  useFlashes(grid);
  return <div ref={place} className={classes.table} />;
}

function gridOptions(): GridOptions<LeadRow> {
  const workspace = useWorkspace.getState();
  const context: GridContext = {
    workspace,
    now: Date.now(),
    search: parseSearch(''),
    open: openLead,
  };
  return {
    theme: gridTheme,
    styleNonce: styleNonce(),
    icons: gridIcons,
    columnDefs: leadColumns(workspace),
    defaultColDef: defaultColumn,
    context,
    rowData: [PRACTICE_ROW],
    suppressNoRowsOverlay: true,
    animateRows: false,
    getRowId: ({ data }) => data.key,
    readOnlyEdit: true,
    invalidEditValueMode: 'block',
    stopEditingWhenCellsLoseFocus: true,
    maintainColumnOrder: true,
    suppressMovableColumns: true,
    tooltipShowDelay: 400,
    onSortChanged: askForOrder,
    onCellKeyDown: openByKey,
    onCellEditRequest: (event) => void takeEdit(event),
    onCellEditingStarted: () => setEditing(true),
    onCellEditingStopped: () => setEditing(false),
  };
}

function openByKey({
  data,
  event,
}: CellKeyDownEvent<LeadRow> | FullWidthCellKeyDownEvent<LeadRow>): void {
  if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || !event.altKey || !data) return;
  event.preventDefault();
  openLead(data.key);
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

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
