/** The way of a row and the way of an edit: file, table, team server, another laptop's table. */
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
import { cell, editCell } from './table.ts';
import { sampleFile, type TestTeamServer, World } from './world.ts';

let world: World;
let server: TestTeamServer;
let ana: Laptop;
let bea: Laptop;

beforeAll(async () => {
  world = await World.create();
  server = await world.server();
  ana = await world.laptop('ana');
  bea = await world.laptop('bea');
});
afterAll(() => world.close());

describe('two laptops and a team server', () => {
  it('create a team, import the sample file by dropping it, and count every row once', async () => {
    await createTeam(ana.page, {
      server: server.address,
      team: 'North',
      name: 'Ana Admin',
      email: 'ana@north.example',
    });
    await dropFiles(ana.page, sampleFile);
    await importDialog(ana.page).waitFor();
    const counts = await runImport(ana.page);
    const { rows, created, merged, unchanged, skipped, rejected } = counts;
    expect(rows).toBe(2000);
    expect(created + merged + unchanged + skipped + rejected).toBe(rows);
    await closeImport(ana.page);
    await expect.poll(() => totalLeads(ana.page)).toBe(created);
    await untilSync(ana.page);
  });

  it('join by invitation and show the same leads', async () => {
    const invitation = await invite(ana.page);
    expect(invitation.startsWith(`${server.address}/join#`)).toBe(true);
    await joinTeam(bea.page, { invitation, name: 'Bea Agent', email: 'bea@north.example' });
    const total = await totalLeads(ana.page);
    await until(async () => (await totalLeads(bea.page)) === total, 'all leads', 60_000);
    await untilSync(bea.page);
    await expect.poll(() => rowsOnScreen(bea.page)).toEqual(await rowsOnScreen(ana.page));
  });

  it('bring an edit of one to the other’s table within a second', async () => {
    await editCell(ana.page, 0, 'name', 'Edited by Ana');
    const began = Date.now();
    const shown = async () => (await cell(bea.page, 0, 'name').innerText()) === 'Edited by Ana';
    await until(shown, 'the edit on the other laptop', 5000);
    console.log(`  an edit took ${Date.now() - began} ms to the other laptop`);
    await editCell(bea.page, 0, 'name', 'Edited by Bea');
    const back = async () => (await cell(ana.page, 0, 'name').innerText()) === 'Edited by Bea';
    await until(back, 'the answer', 5000);
  });

  it('import the file again: nothing new, nothing changed', async () => {
    const before = await rowsOnScreen(ana.page);
    await dropFiles(ana.page, sampleFile);
    const counts = await runImport(ana.page);
    await closeImport(ana.page);
    expect(counts).toMatchObject({ created: 0, merged: 0 });
    expect(await rowsOnScreen(ana.page)).toEqual(before);
  });

  it('work on without the server, say what waits, and catch up when it is back', async () => {
    await server.stop();
    await untilSync(ana.page, /offline|waiting/i);
    await editCell(ana.page, 1, 'name', 'Edited offline');
    await untilSync(ana.page, /1 change/i);
    await server.restart();
    await untilSync(ana.page);
    const arrived = async () => (await cell(bea.page, 1, 'name').innerText()) === 'Edited offline';
    await until(arrived, 'the offline edit', 40_000);
  });

  it('keep data and sign-in over a restart of the app', async () => {
    const before = await rowsOnScreen(bea.page);
    await bea.close();
    bea = await world.laptop('bea');
    await until(async () => (await rowsOnScreen(bea.page)).length > 0, 'rows');
    await untilSync(bea.page);
    await expect.poll(() => rowsOnScreen(bea.page)).toEqual(before);
  });

  it('show nothing to a window error or a broken policy', () => {
    expect(ana.problems).toEqual([]);
    expect(bea.problems).toEqual([]);
  });
});

describe('working alone and joining later', () => {
  it('brings the leads made alone into the team when asked to', async () => {
    const cai = await world.laptop('cai');
    await workAlone(cai.page);
    const file = await world.file('mine.csv', 'Name,Phone\nOnly Mine,+55 11 98888-7777\n');
    await dropFiles(cai.page, file);
    await runImport(cai.page);
    await closeImport(cai.page);
    await expect.poll(() => totalLeads(cai.page)).toBe(1);
    await cai.page.getByRole('button', { name: 'Account' }).click();
    await cai.page.getByRole('menuitem', { name: 'Create or join a team' }).click();
    const total = await totalLeads(ana.page);
    await joinTeam(cai.page, {
      invitation: await invite(ana.page),
      name: 'Cai',
      email: 'cai@north.example',
    });
    await until(async () => (await totalLeads(cai.page)) === total + 1, 'both', 60_000);
    await until(async () => (await totalLeads(ana.page)) === total + 1, 'the new lead');
    expect(cai.problems).toEqual([]);
  });
});
