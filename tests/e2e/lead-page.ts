/** The page of a lead and the form for a new one, as a person uses them. */
import type { Locator, Page } from 'playwright';

/** The open page of a lead with this name. */
export function leadPage(page: Page, name: string): Locator {
  return page.getByRole('dialog', { name, exact: true });
}

/** Searches, so that the wanted leads are on screen; '' shows all. */
export async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Search leads' }).fill(text);
}

/** Searches for a lead by its name, and opens its page. */
export async function openFound(page: Page, name: string): Promise<void> {
  await search(page, name);
  await page.getByRole('button', { name: `Open ${name}`, exact: true }).click();
}

/** Types a value into a field of the open page, and Enter. */
export async function setField(dialog: Locator, label: string, value: string): Promise<void> {
  const input = dialog.getByLabel(label, { exact: true });
  await input.fill(value);
  await input.press('Enter');
}

/** Changes the number of the lead whose page is open. */
export async function changeNumber(
  page: Page,
  dialog: Locator,
  phone: string,
  how: 'New number' | 'Typed wrong',
): Promise<void> {
  await dialog.getByRole('button', { name: 'Change number' }).click();
  const form = page.getByRole('dialog', { name: 'Change number' });
  await form.getByLabel('New phone number').fill(phone);
  await form.getByRole('radio', { name: how }).check();
  await form.getByRole('button', { name: 'Change number' }).click();
  await form.waitFor({ state: 'hidden' });
}

/** Deletes the lead whose page is open. */
export async function deleteLead(page: Page, dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Lead actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete lead' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Makes a lead by the form, and closes its page, which opens. */
export async function newLead(page: Page, phone: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New lead' }).click();
  const form = page.getByRole('dialog', { name: 'New lead' });
  await form.getByLabel('Phone Number').fill(phone);
  await form.getByLabel('Customer Name').fill(name);
  await form.getByRole('button', { name: /Create lead|Add to it/ }).click();
  await form.waitFor({ state: 'hidden' });
  await leadPage(page, name).getByRole('button', { name: 'Close' }).click();
}
