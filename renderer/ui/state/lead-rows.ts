/** Comparing two answers to the same query, so that only what differs is drawn again. */
import { type Json, jsonEquals } from '../../../shared/record/json.ts';
import type { LeadRow } from '../../store/store-contract.ts';

/** A cell whose value is new. */
export interface CellChange {
  key: string;
  column: string;
}

/** The new rows; those equal to one shown before are that very object. */
export function reuseRows(before: readonly LeadRow[], rows: readonly LeadRow[]): LeadRow[] {
  const known = byKey(before);
  return rows.map((row) => {
    const same = known.get(row.key);
    return same && cellsThatDiffer(same, row).length === 0 ? same : row;
  });
}

/** The rows shown before, in their places, with the new values of those that came again. */
export function keepOrder(before: readonly LeadRow[], rows: readonly LeadRow[]): LeadRow[] {
  const fresh = byKey(rows);
  return before.map((row) => fresh.get(row.key) ?? row);
}

/** Cells of leads in both answers whose values differ; Updated At would tell nothing. */
export function changedCells(before: readonly LeadRow[], rows: readonly LeadRow[]): CellChange[] {
  const known = byKey(before);
  return rows.flatMap((row) => {
    const old = known.get(row.key);
    if (old === undefined || old === row) return [];
    const columns = cellsThatDiffer(old, row).filter((column) => column !== 'updatedAt');
    return columns.map((column) => ({ key: row.key, column }));
  });
}

const SIMPLE = ['phone', 'extension', 'name', 'assignee', 'createdAt', 'updatedAt'] as const;

function cellsThatDiffer(a: LeadRow, b: LeadRow): string[] {
  const columns: string[] = SIMPLE.filter((column) => a[column] !== b[column]);
  if (a.state.stage !== b.state.stage) columns.push('state');
  if (a.state.status !== b.state.status) columns.push('status');
  if (a.state.reason !== b.state.reason) columns.push('status');
  const ids = new Set([...Object.keys(a.custom), ...Object.keys(b.custom)]);
  for (const id of ids) {
    if (!sameValue(a.custom[id], b.custom[id])) columns.push(id);
  }
  return columns;
}

function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  return jsonEquals(a ?? null, b ?? null);
}

function byKey(rows: readonly LeadRow[]): Map<string, LeadRow> {
  return new Map(rows.map((row) => [row.key, row]));
}
