/** Two laptops work apart on the same people, then meet: one lead a phone, and nothing lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeImport,
  createTeam,
  dropFiles,
  importDialog,
  invite,
  joinTeam,
  rowsOnScreen,
  runImport,
  totalLeads,
  until,
  untilSync,
  workAlone,
} from '../../build/app-steps.mjs';
import type { Laptop } from './launch.ts';
import {
  changeNumber,
  deleteLead,
  leadPage,
  newLead,
  openFound,
  search,
  setField,
} from './lead-page.ts';
import { shoot } from './screenshots.ts';
import { sampleFile, type TestTeamServer, World } from './world.ts';

let world: World;
let server: TestTeamServer;
let ana: Laptop;
let bea: Laptop;

const BASE = `Name,Phone,City
Fay Field,+55 11 98765-0001,Recife
Carl Conflict,+55 11 98765-0002,Olinda
Wanda Wrong,+55 11 98765-0003,Natal
Dora Deleted,+55 11 98765-0004,Belem
`;
const LIST_A = `Name,Phone,City
Only Ana,+55 11 98765-0101,Recife
Both,+55 (11) 98765-0102,
`;
const LIST_B = `Name,Phone,City
Both,0055 11 8765-0102,Olinda
Only Bea,+55 11 98765 0103,Natal
`;

async function importText(laptop: Laptop, name: string, text: string): Promise<void> {
  await dropFiles(laptop.page, await world.file(name, text));
  await runImport(laptop.page);
  await closeImport(laptop.page);
}

beforeAll(async () => {
  world = await World.create();
  server = await world.server();
  ana = await world.laptop('ana');
  bea = await world.laptop('bea');
  await createTeam(ana.page, {
    server: server.address,
    team: 'Apart',
    name: 'Ana',
    email: 'ana@apart.example',
  });
  await importText(ana, 'base.csv', BASE);
  await joinTeam(bea.page, {
    invitation: await invite(ana.page),
    name: 'Bea',
    email: 'bea@apart.example',
  });
  await until(async () => (await totalLeads(bea.page)) === 4, 'all leads on both');
  await untilSync(ana.page);
  await untilSync(bea.page);
});
afterAll(() => world.close());

describe('two laptops apart (M1) (M2) (N3) (D2) (K5)', () => {
  it('import overlapping lists, edit, correct, delete and create again', async () => {
    await server.stop();
    await untilSync(ana.page, /offline/i);
    await untilSync(bea.page, /offline/i);

    await importText(ana, 'a.csv', LIST_A);
    await importText(bea, 'b.csv', LIST_B);

    await openFound(ana.page, 'Fay Field');
    await setField(leadPage(ana.page, 'Fay Field'), 'City', 'Fortaleza');
    await openFound(bea.page, 'Fay Field');
    await setField(leadPage(bea.page, 'Fay Field'), 'Customer Name', 'Fay Fielding');

    await openFound(ana.page, 'Carl Conflict');
    await setField(leadPage(ana.page, 'Carl Conflict'), 'City', 'Ana’s city');
    await openFound(bea.page, 'Carl Conflict');
    await setField(leadPage(bea.page, 'Carl Conflict'), 'City', 'Bea’s city');

    await openFound(ana.page, 'Wanda Wrong');
    const wanda = leadPage(ana.page, 'Wanda Wrong');
    await changeNumber(ana.page, wanda, '+55 11 98765-0033', 'Typed wrong');
    await openFound(bea.page, 'Wanda Wrong');
    await setField(leadPage(bea.page, 'Wanda Wrong'), 'City', 'Late city');

    await openFound(bea.page, 'Dora Deleted');
    await deleteLead(bea.page, leadPage(bea.page, 'Dora Deleted'));
    await newLead(bea.page, '+55 11 98765-0004', 'Dora Again');
    await search(ana.page, '');
    await search(bea.page, '');
    await leadPage(ana.page, 'Wanda Wrong').getByRole('button', { name: 'Close' }).click();
  });

  it('are equal once they meet, each phone one lead', async () => {
    await server.restart();
    await untilSync(ana.page);
    await untilSync(bea.page);
    await until(async () => (await totalLeads(ana.page)) === 7, 'seven leads');
    await expect.poll(() => rowsOnScreen(ana.page)).toEqual(await rowsOnScreen(bea.page));
    const text = (await rowsOnScreen(ana.page)).join('\n');
    for (const name of ['Fay Fielding', 'Only Ana', 'Only Bea', 'Dora Again', 'Wanda Wrong']) {
      expect(text).toContain(name);
    }
    expect(text).toContain('Fortaleza');
    expect(text.match(/Both/g)).toHaveLength(1);
    expect(text).not.toContain('98765 0003');
  });

  it('show the conflict with both values, and one click takes the other, everywhere', async () => {
    await openFound(ana.page, 'Carl Conflict');
    const dialog = leadPage(ana.page, 'Carl Conflict');
    const conflict = dialog.getByRole('article', { name: 'Conflict in City' });
    await conflict.waitFor();
    await shoot(ana, 'conflict');
    const text = await conflict.innerText();
    expect(text).toContain('Ana’s city');
    expect(text).toContain('Bea’s city');
    const shown = await dialog.getByLabel('City', { exact: true }).inputValue();
    const other = shown === 'Ana’s city' ? 'Bea’s city' : 'Ana’s city';
    await conflict.getByRole('button', { name: `Use “${other}”` }).click();
    await conflict.waitFor({ state: 'detached' });
    await expect.poll(() => dialog.getByLabel('City', { exact: true }).inputValue()).toBe(other);
    await openFound(bea.page, 'Carl Conflict');
    const theirs = leadPage(bea.page, 'Carl Conflict');
    await expect.poll(() => theirs.getByLabel('City', { exact: true }).inputValue()).toBe(other);
    expect(await theirs.getByRole('article', { name: 'Conflict in City' }).count()).toBe(0);
  });

  it('offer or keep what was entered for the wrong number', async () => {
    await openFound(ana.page, 'Wanda Wrong');
    const dialog = leadPage(ana.page, 'Wanda Wrong');
    await dialog.getByText('Late city').first().waitFor();
    await search(ana.page, '');
    await search(bea.page, '');
  });

  it('undo by Ctrl+Z what was deleted', async () => {
    await openFound(ana.page, 'Only Bea');
    await deleteLead(ana.page, leadPage(ana.page, 'Only Bea'));
    await search(ana.page, '');
    await until(async () => (await totalLeads(bea.page)) === 6, 'the deletion on the other laptop');
    await ana.page.locator('.ag-header').click({ position: { x: 5, y: 5 } });
    await ana.page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await until(
      async () => (await totalLeads(bea.page)) === 7,
      'the lead back on the other laptop',
    );
    expect(ana.problems).toEqual([]);
    expect(bea.problems).toEqual([]);
  });
});

describe('a server killed in mid-push and an app killed in mid-import', () => {
  it('leave the same leads as an undisturbed run (S1) (S9)', async () => {
    const calm = await world.laptop('calm');
    await workAlone(calm.page);
    await dropFiles(calm.page, sampleFile);
    const { created } = await runImport(calm.page);
    await closeImport(calm.page);
    const before = await totalLeads(ana.page);

    await dropFiles(bea.page, sampleFile);
    await importDialog(bea.page).getByRole('button', { name: 'Start import' }).click();
    await until(async () => (await totalLeads(bea.page)) > before, 'the first rows');
    bea.app.process().kill('SIGKILL');
    await server.kill();
    bea = await world.laptop('bea');
    await server.restart();
    await bea.page.getByRole('button', { name: 'Bulk Upload' }).waitFor();
    await dropFiles(bea.page, sampleFile);
    await runImport(bea.page);
    await closeImport(bea.page);
    const all = before + created;
    await until(async () => (await totalLeads(bea.page)) === all, 'all leads here', 60_000);
    await untilSync(bea.page);
    await until(async () => (await totalLeads(ana.page)) === all, 'all leads there', 60_000);
    await untilSync(ana.page);
    await expect.poll(() => rowsOnScreen(ana.page)).toEqual(await rowsOnScreen(bea.page));
  });
});
