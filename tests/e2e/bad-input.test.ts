/** Bad files, bad networks, bad passwords: a clear message, and nothing lost. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeImport,
  createTeam,
  dropFiles,
  fillTeam,
  importDialog,
  PASSWORD,
  runImport,
  totalLeads,
  untilSync,
  workAlone,
} from '../../build/app-steps.mjs';
import type { Laptop } from './launch.ts';
import { editCell } from './table.ts';
import { World } from './world.ts';

let world: World;
let laptop: Laptop;

beforeAll(async () => {
  world = await World.create();
  laptop = await world.laptop('alone');
  await workAlone(laptop.page);
});
afterAll(() => world.close());

/** What the import dialog says of a dropped file that it can't take. */
async function complaintAbout(file: string): Promise<string> {
  await dropFiles(laptop.page, file);
  const alert = importDialog(laptop.page).getByRole('alert');
  await alert.waitFor();
  const text = await alert.innerText();
  await laptop.page.keyboard.press('Escape');
  await importDialog(laptop.page).waitFor({ state: 'hidden' });
  return text;
}

describe('a bad file', () => {
  it.each([
    ['empty.csv', '', /empty/i],
    ['binary.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 3, 0]), /not a text file/i],
    ['book.xlsx', Buffer.from('PK\u0003\u0004xl/workbook.xml'), /save it as csv/i],
  ])('%s gets a clear message', async (name, content, message) => {
    expect(await complaintAbout(await world.file(name, content))).toMatch(message);
    await expect.poll(() => totalLeads(laptop.page)).toBe(0);
  });

  it('without a phone column asks before it imports', async () => {
    const file = await world.file('no-phone.csv', 'Name,City\nAna,Recife\nBea,Olinda\n');
    await dropFiles(laptop.page, file);
    const start = importDialog(laptop.page).getByRole('button', { name: 'Start import' });
    await start.waitFor();
    expect(await start.isDisabled()).toBe(true);
    await importDialog(laptop.page).getByRole('checkbox').last().check();
    const counts = await runImport(laptop.page);
    expect(counts).toMatchObject({ rows: 2, created: 2 });
    await closeImport(laptop.page);
  });

  it('with a line of 200 MB is imported but for that line', async () => {
    const file = path.join(world.folder, 'long-line.csv');
    const out = createWriteStream(file);
    out.write('Name,Phone\nBefore,+55 11 97777-0001\n');
    const piece = Buffer.alloc(1 << 20, 'x');
    for (let i = 0; i < 200; i++) if (!out.write(piece)) await once(out, 'drain');
    out.end('\nAfter,+55 11 97777-0002\n');
    await once(out, 'close');
    await dropFiles(laptop.page, file);
    const counts = await runImport(laptop.page);
    expect(counts).toEqual({
      rows: 3,
      created: 2,
      merged: 0,
      unchanged: 0,
      skipped: 0,
      rejected: 1,
    });
    const summary = laptop.page.getByRole('region', { name: 'Import summary' });
    expect(await summary.innerText()).toMatch(/3/);
    await closeImport(laptop.page);
  });
});

describe('a bad network or password', () => {
  it('says that the server is down, keeps what was typed, and works once it is up', async () => {
    const server = await world.server();
    await server.stop();
    const { page } = await world.laptop('down');
    await fillTeam(page, {
      server: server.address,
      team: 'Down',
      name: 'Dan',
      email: 'd@d.example',
    });
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').first().innerText()).toMatch(/reach|answer|connect/i);
    expect(await page.getByLabel('Team name').inputValue()).toBe('Down');
    await server.restart();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bulk Upload' }).waitFor();
  });

  it('refuses a wrong password in plain words, and lets in with the right one', async () => {
    const server = await world.server();
    const first = await world.laptop('right');
    await createTeam(first.page, {
      server: server.address,
      team: 'T',
      name: 'Ana',
      email: 'ana@t.example',
    });
    const { page } = await world.laptop('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Server address').fill(server.address);
    await page.getByLabel('Email').fill('ana@t.example');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').first().innerText()).toMatch(/password/i);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bulk Upload' }).waitFor();
  });

  it('lets work go on with a revoked session, says so, and sends it after signing in', async () => {
    const server = await world.server();
    const { page } = await world.laptop('revoked');
    await createTeam(page, {
      server: server.address,
      team: 'R',
      name: 'Rui',
      email: 'rui@r.example',
    });
    const file = await world.file('one.csv', 'Name,Phone\nOne,+55 11 96666-0001\n');
    await dropFiles(page, file);
    await runImport(page);
    await closeImport(page);
    await untilSync(page);
    await server.revokeSessions();
    await untilSync(page, /sign(ed)? (in|out)/i);
    await editCell(page, 0, 'name', 'Still works');
    await expect.poll(() => totalLeads(page)).toBe(1);
    await page
      .getByRole('button', { name: /^sign in/i })
      .first()
      .click();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await untilSync(page);
  });
});
