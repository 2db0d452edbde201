// @ts-check
// What a person does in the app, as steps on its window: for the demo and the end-to-end tests.

import { statSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {import('playwright').Page} Page
 * @typedef {import('playwright').Locator} Locator
 * @typedef {{ rows: number, created: number, merged: number, unchanged: number, skipped: number, rejected: number }} ImportCounts
 */

const COUNTS = /** @type {const} */ ([
  'rows',
  'created',
  'merged',
  'unchanged',
  'skipped',
  'rejected',
]);
const LONG_WORK_MS = 300_000;
/** The password of everybody in demo and tests. */
export const PASSWORD = 'correct horse battery';

/** @param {Page} page */
export async function workAlone(page) {
  await page.getByRole('button', { name: 'Work alone' }).click();
  await leadsShown(page);
}

/** @typedef {{ server: string, team: string, name: string, email: string }} NewTeam */

/** @param {Page} page @param {NewTeam} team */
export async function createTeam(page, team) {
  await fillTeam(page, team);
  await page.keyboard.press('Enter');
  await leadsShown(page);
}

/** Fills the form for a new team and does not send it. @param {Page} page @param {NewTeam} team */
export async function fillTeam(page, { server, team, name, email }) {
  await page.getByRole('button', { name: 'Create a team' }).click();
  await page.getByLabel('Server address').fill(server);
  await page.getByLabel('Team name').fill(team);
  await fillPerson(page, name, email);
}

/**
 * @param {Page} page
 * @param {{ invitation: string, name: string, email: string }} member
 */
export async function joinTeam(page, { invitation, name, email }) {
  await page.getByRole('button', { name: 'Join a team' }).click();
  await page.getByLabel('Invitation').fill(invitation);
  await fillPerson(page, name, email);
  await page.keyboard.press('Enter');
  await leadsShown(page);
}

/** @param {Page} page @param {string} name @param {string} email */
async function fillPerson(page, name, email) {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
}

/** @param {Page} page */
async function leadsShown(page) {
  await page.getByRole('button', { name: 'Bulk Upload' }).waitFor();
}

/** An invitation as an admin makes it. @param {Page} page @returns {Promise<string>} */
export async function invite(page) {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Invite a colleague' }).click();
  const invitation = page.getByRole('dialog').getByLabel('Invitation', { exact: true });
  await invitation.waitFor();
  const text = await invitation.inputValue();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  return text;
}

/**
 * Drops files on the window as the desktop would: a real drag with paths.
 * @param {Page} page
 * @param {...string} files
 */
export async function dropFiles(page, ...files) {
  for (const file of files) statSync(file);
  const paths = files.map((file) => path.resolve(file));
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const client = await page.context().newCDPSession(page);
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await client.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
  await client.detach();
}

/** The dialog that a dropped or chosen file opens. @param {Page} page @returns {Locator} */
export function importDialog(page) {
  return page.getByRole('dialog', { name: 'Import' });
}

/**
 * Starts the import that the open dialog offers and waits for its end.
 * @param {Page} page
 * @returns {Promise<ImportCounts>}
 */
export async function runImport(page) {
  await importDialog(page).getByRole('button', { name: 'Start import' }).click();
  return importCounts(page);
}

/** The counts of the summary, once it is there. @param {Page} page @returns {Promise<ImportCounts>} */
export async function importCounts(page) {
  const summary = page.getByRole('region', { name: 'Import summary' });
  await summary.waitFor({ timeout: LONG_WORK_MS });
  const text = await summary.innerText();
  /** @type {Partial<ImportCounts>} */
  const counts = {};
  for (const name of COUNTS) counts[name] = countIn(text, name);
  return /** @type {ImportCounts} */ (counts);
}

/**
 * The number that stands before or after a word, on its line or the next.
 * @param {string} text
 * @param {string} word
 */
function countIn(text, word) {
  const number = '([\\d,.]+)';
  const found =
    new RegExp(`${number}\\s+${word}\\b`, 'i').exec(text) ??
    new RegExp(`\\b${word}\\s+${number}`, 'i').exec(text);
  if (!found?.[1]) throw new Error(`no count of ${word} in: ${text}`);
  return Number(found[1].replace(/\D/g, ''));
}

/** @param {Page} page */
export async function closeImport(page) {
  await importDialog(page).getByRole('button', { name: 'Done' }).click();
  await importDialog(page).waitFor({ state: 'hidden' });
}

/** @param {Page} page @returns {Promise<number>} */
export async function totalLeads(page) {
  const text = await page.getByLabel('Total leads').innerText();
  const numbers = text.match(/[\d,]+/g) ?? ['0'];
  return Number((numbers.at(-1) ?? '0').replace(/\D/g, ''));
}

/** Waits until the sync status says so. @param {Page} page @param {RegExp} [state] */
export async function untilSync(page, state = /^synced/i) {
  await page
    .getByRole('status', { name: 'Sync status' })
    .filter({ hasText: state })
    .waitFor({ timeout: LONG_WORK_MS });
}

/**
 * Waits until a check holds.
 * @param {() => Promise<boolean> | boolean} holds
 * @param {string} what
 * @param {number} [ms]
 */
export async function until(holds, what, ms = 30_000) {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * The texts of the rows on screen, as people read them, but for the times, which go on.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function rowsOnScreen(page) {
  const rows = page.locator('.ag-row');
  return rows.evaluateAll((elements) =>
    elements
      .sort((a, b) => Number(a.getAttribute('row-index')) - Number(b.getAttribute('row-index')))
      .map((row) => {
        const cells = [...row.querySelectorAll('[col-id]:not([col-id$="edAt"])')];
        return cells.map((cell) => cell.textContent.trim()).join(' | ');
      }),
  );
}
