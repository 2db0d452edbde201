/** The page of leads on screen: what was asked, what came, and edits on their way to the store. */
import { create } from 'zustand';
import { type CreatedRange, DEFAULT_CREATED } from '../../../shared/filter/created-range.ts';
import { type Filter, NO_FILTER } from '../../../shared/filter/filter.ts';
import { type Json, jsonEquals } from '../../../shared/record/json.ts';
import type { LeadPage, LeadQuery, LeadRow, Sort } from '../../store/store-contract.ts';
import { problemOf } from '../problems.ts';
import { store } from '../store-client.ts';
import { type CellChange, changedCells, keepOrder, reuseRows } from './lead-rows.ts';
import { createRefreshLoop } from './refresh-loop.ts';

const MIN_GAP_MS = 250;
/** What is asked for, all of it said. */
export interface Asked extends LeadQuery {
  search: string;
  filter: Filter;
  created: CreatedRange;
}

const FIRST_QUERY: Asked = {
  sort: [{ column: 'createdAt', direction: 'desc' }],
  search: '',
  filter: NO_FILTER,
  created: DEFAULT_CREATED,
  page: 0,
  pageSize: 10,
};

interface Leads {
  query: Asked;
  /** null until the first page has come. */
  page: LeadPage | null;
  /** The query that `page` answers. */
  answered: Asked | null;
  /** Cells that changed under the same query, to be flashed. */
  changes: readonly CellChange[];
  /** Why the last query failed, if it did. */
  problem: string | null;
}

const NOTHING: Leads = {
  query: FIRST_QUERY,
  page: null,
  answered: null,
  changes: [],
  problem: null,
};

export const useLeads = create<Leads>(() => NOTHING);

let isEditing = false;
/** Counts ends of edits and changes of store: an answer asked for before one is out of date. */
let epoch = 0;

const loop = createRefreshLoop(async () => {
  const { query } = useLeads.getState();
  const askedIn = epoch;
  try {
    const page = await store.call('query', query);
    if (askedIn === epoch) land(query, page);
    else loop.now();
  } catch (error) {
    if (askedIn === epoch) useLeads.setState({ problem: problemOf(error).message });
  }
}, MIN_GAP_MS);

function land(query: Asked, page: LeadPage): void {
  const before = useLeads.getState();
  if (query !== before.query) return;
  const isSame = before.answered === query;
  const rows = reuseRows(before.page?.rows ?? [], page.rows);
  const held = isEditing && isSame && before.page !== null;
  const shown = held ? keepOrder(before.page?.rows ?? [], rows) : rows;
  const settled = page.page === query.page ? query : { ...query, page: page.page };
  useLeads.setState({
    query: settled,
    answered: settled,
    page: { ...page, rows: shown },
    changes: isSame ? changedCells(before.page?.rows ?? [], shown) : [],
    problem: null,
  });
}

function ask(change: Partial<Asked>): void {
  useLeads.setState(({ query }) => ({ query: { ...query, ...change } }));
  loop.now();
}

/** Whether anything narrows the leads besides what does so by default. */
export function isFiltered({ search, filter, created }: Asked): boolean {
  return search !== '' || filter.items.length > 0 || !jsonEquals(created, FIRST_QUERY.created);
}

/** Narrows to leads that hold all words of a text. */
export function searchLeads(search: string): void {
  ask({ search, page: 0 });
}

/** Narrows to leads that came in within a range of days. */
export function createdIn(created: CreatedRange): void {
  ask({ created, page: 0 });
}

export function filterLeads(filter: Filter): void {
  ask({ filter, page: 0 });
}

/** No search, no conditions, the last 30 days. */
export function clearFilters(): void {
  const { search, filter, created } = FIRST_QUERY;
  ask({ search, filter, created, page: 0 });
}

/** Sorts by these columns, the first foremost, from the first page. */
export function sortLeads(sort: Sort[]): void {
  ask({ sort, page: 0 });
}

/** @param page from 0 */
export function goToPage(page: number): void {
  ask({ page });
}

/** Shows as many leads a page, beginning with the page that holds the first one shown now. */
export function setPageSize(pageSize: number): void {
  const { query } = useLeads.getState();
  ask({ pageSize, page: Math.floor((query.page * query.pageSize) / pageSize) });
}

/** Asks for the page on screen again, now. */
export function reloadLeads(): void {
  loop.now();
}

/** Empties the table for another store. */
export function resetLeads(): void {
  epoch++;
  isEditing = false;
  useLeads.setState(NOTHING);
}

/** While a cell is being edited, rows keep their places. */
export function setEditing(editing: boolean): void {
  if (isEditing && !editing) loop.request();
  isEditing = editing;
}

/**
 * Shows an edit at once and stores it; takes it back if the store refuses.
 * @param edited the row as it looks with the edit
 * @throws what the store answered
 */
export async function commitEdit(
  before: LeadRow,
  edited: LeadRow,
  field: string,
  value: Json,
): Promise<void> {
  replaceRow(edited);
  try {
    await store.call('apply', { kind: 'setField', key: before.key, field, value });
  } catch (error) {
    replaceRow(before);
    throw error;
  } finally {
    epoch++;
    loop.request();
  }
}

function replaceRow(row: LeadRow): void {
  useLeads.setState(({ page }) => {
    if (page === null) return {};
    const rows = page.rows.map((shown) => (shown.key === row.key ? row : shown));
    return { page: { ...page, rows }, changes: [] };
  });
}

/** Leads changed: asks again, though not in a hurry. */
export function leadsChanged(): void {
  loop.request();
}
