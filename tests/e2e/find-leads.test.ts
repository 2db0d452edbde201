/** Finding leads in the real app: search, conditions, the date filter, and what hides matches. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeImport,
  dropFiles,
  rowsOnScreen,
  runImport,
  totalLeads,
  until,
  workAlone,
} from '../../build/app-steps.mjs';
import type { Laptop } from './launch.ts';
import { leadPage, search } from './lead-page.ts';
import { shoot } from './screenshots.ts';
import { World } from './world.ts';

let world: World;
let laptop: Laptop;

const PEOPLE = `Name,Phone,City,Budget
Ana Souza,+91 98765 43210,São Paulo,100
Bruno Lima,+91 98765 43211,Recife,250
Célia Nunes,+91 91234 56789,São Luís,900
No Number,,Recife,50
`;

beforeAll(async () => {
  world = await World.create();
  laptop = await world.laptop('finder');
  await workAlone(laptop.page);
  await dropFiles(laptop.page, await world.file('people.csv', PEOPLE));
  await runImport(laptop.page);
  await closeImport(laptop.page);
});
afterAll(() => world.close());

const shows = (count: number) =>
  until(async () => (await totalLeads(laptop.page)) === count, `${count} leads`);

describe('search', () => {
  it.each([
    ['98765 43210', 1],
    ['+91-98765', 2],
    ['098765', 2],
    ['sao', 2],
    ['recife lima', 1],
    ['nobody here', 0],
  ])('for %s finds %i leads', async (text, count) => {
    await search(laptop.page, text);
    if (count === 0) await laptop.page.getByText('No lead matches').waitFor();
    else await shows(count);
  });

  it('marks what it found', async () => {
    await search(laptop.page, 'sao');
    await expect
      .poll(() => laptop.page.locator('.ag-row mark').allInnerTexts())
      .toEqual(['São', 'São']);
    await shoot(laptop, 'search');
    await laptop.page.getByRole('button', { name: 'Clear search' }).click();
    await shows(4);
  });
});

describe('conditions', () => {
  it('narrow, show as chips, and are taken away again', async () => {
    const { page } = laptop;
    await page.getByRole('button', { name: 'Filters' }).click();
    const editor = page.getByRole('dialog').filter({ hasText: 'Comparison' });
    await editor.getByLabel('Field').selectOption({ label: 'City' });
    await editor.getByLabel('Comparison').selectOption({ label: 'is' });
    await editor.getByLabel('Value').fill('Recife');
    await shoot(laptop, 'filter-editor');
    await editor.getByRole('button', { name: 'Add filter' }).click();
    await shows(2);
    await shoot(laptop, 'filtered');
    await page.getByRole('button', { name: /^Remove the filter City is .?Recife/ }).click();
    await shows(4);
  });
});

describe('the date filter', () => {
  it('says how many matches it hides, and one click shows them', async () => {
    const { page } = laptop;
    await page.getByRole('button', { name: /^Lead Created At/ }).click();
    await shoot(laptop, 'date-filter');
    await page.getByRole('option', { name: 'Yesterday' }).click();
    await page.getByText('No lead matches').waitFor();
    await shoot(laptop, 'no-match');
    await page.getByRole('button', { name: 'Show 4 leads' }).click();
    await shows(4);
    await page.getByRole('button', { name: 'Clear Filters' }).click();
    await page.getByRole('button', { name: /^Lead Created At: Last 30 days/ }).waitFor();
    await shows(4);
  });
});

describe('a new lead', () => {
  it('shows the lead that has its number already, and adds to it', async () => {
    const { page } = laptop;
    await page.getByRole('button', { name: 'New lead' }).click();
    const form = page.getByRole('dialog', { name: 'New lead' });
    await form.getByLabel('Phone Number').fill('0091 98765-43210');
    await form.getByText('Ana Souza').waitFor();
    await shoot(laptop, 'new-lead');
    await form.getByRole('button', { name: 'Open existing' }).click();
    await leadPage(page, 'Ana Souza').waitFor();
    await shoot(laptop, 'lead');
    await leadPage(page, 'Ana Souza').getByRole('button', { name: 'Close' }).click();
    await shows(4);
  });

  it('is there after a restart, as are all others', async () => {
    const { page } = laptop;
    await page.getByRole('button', { name: 'New lead' }).click();
    const form = page.getByRole('dialog', { name: 'New lead' });
    await form.getByLabel('Phone Number').fill('+91 99999 11111');
    await form.getByLabel('Customer Name').fill('Dev Das');
    await form.getByRole('button', { name: 'Create lead' }).click();
    await leadPage(page, 'Dev Das').waitFor();
    await shows(5);
    await laptop.close();
    laptop = await world.laptop('finder');
    await shows(5);
    expect((await rowsOnScreen(laptop.page)).join('\n')).toContain('Dev Das');
    expect(laptop.problems).toEqual([]);
  });
});
