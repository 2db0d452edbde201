/** The leads table, as a person uses it. */
import type { Locator, Page } from 'playwright';

/** A cell by its row on screen (from 0) and column id. */
export function cell(page: Page, row: number, column: string): Locator {
  return page.locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);
}

/** Types a new text into a cell, by double click and Enter. */
export async function editCell(page: Page, row: number, column: string, text: string) {
  await cell(page, row, column).dblclick();
  const editor = cell(page, row, column).locator('input, textarea').first();
  await editor.waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await editor.waitFor({ state: 'detached' });
}
