/** Putting a page of leads into the grid in tasks so short that the window never blocks. */
import type { GridApi } from 'ag-grid-community';
import { FIRST_STAGE } from '../../../shared/lead/pipeline.ts';
import type { LeadRow } from '../../store/store-contract.ts';
import { exactTime } from '../dates.ts';
import { phoneText } from './phone-text.ts';

/** How many rows an empty grid gets at a time, and how many of them before all others. */
const STEP = 3;
const STEPPED = 9;

/**
 * Stands in a new grid until the first page has come, unseen: the code that draws a row is compiled
 * then, not when an import needs the processor.
 */
export const PRACTICE_ROW: LeadRow = {
  key: '+14155550134',
  phone: '+14155550134',
  extension: '',
  name: '',
  state: { stage: FIRST_STAGE, status: 'open' },
  assignee: null,
  createdAt: 0,
  updatedAt: 0,
  custom: {},
};

/** Does what cells do only once the grid has a frame to draw, which the practice row never gets. */
export function practise(timeZone: string): void {
  phoneText(PRACTICE_ROW);
  exactTime(0, timeZone);
}

/**
 * Draws a page: new values of the same rows at once, other rows in a task of their own, and the
 * first rows of an empty grid in steps.
 * @returns a function that stops what is still to be drawn
 */
export function drawRows(grid: GridApi<LeadRow>, rows: LeadRow[]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    const drawn = grid.getDisplayedRowCount();
    const isWhole = drawn >= STEPPED || drawn + STEP >= rows.length;
    grid.setGridOption('rowData', isWhole ? rows : rows.slice(0, drawn + STEP));
    if (!isWhole) timer = setTimeout(draw);
  };
  if (holdsSameRows(grid, rows)) draw();
  else timer = setTimeout(draw);
  return () => clearTimeout(timer);
}

function holdsSameRows(grid: GridApi<LeadRow>, rows: LeadRow[]): boolean {
  return (
    grid.getDisplayedRowCount() === rows.length &&
    rows.every(({ key }, at) => grid.getDisplayedRowAtIndex(at)?.data?.key === key)
  );
}
