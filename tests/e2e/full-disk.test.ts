/** A disk that is full, really: a clear message, nothing lost, and all goes on once there is room. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeImport,
  dropFiles,
  importDialog,
  runImport,
  totalLeads,
  until,
  workAlone,
} from '../../build/app-steps.mjs';
import type { Laptop } from './launch.ts';
import { SmallDisk } from './small-disk.ts';
import { cell, editCell } from './table.ts';
import { World } from './world.ts';

const MIB = 1 << 20;
const ROWS = 20_000;
/** Rows that an import writes at a time. */
const BATCH = 500;

describe.skipIf(!SmallDisk.isPossible())('a full disk', () => {
  let world: World;
  let disk: SmallDisk;
  let laptop: Laptop;
  let file: string;
  let taken: number;

  beforeAll(async () => {
    world = await World.create();
    disk = await world.smallDisk(160);
    laptop = await world.laptopOn(disk);
    await workAlone(laptop.page);
    // Random, as the database compresses what it stores.
    const rows = Array.from(
      { length: ROWS },
      (_, i) => `Person ${i},+55 11 9${10_000_000 + i},${randomBytes(300).toString('base64')}`,
    );
    file = await world.file('big.csv', ['Name,Phone,Notes', ...rows].join('\n'));
  });
  afterAll(() => world.close());

  it('stops an import with a clear message, and keeps what was taken', async () => {
    const { page } = laptop;
    await disk.fill(36 * MIB);
    await dropFiles(page, file);
    const counts = await runImport(page);
    expect(await importDialog(page).innerText()).toMatch(/disk is full. free some space/i);
    await closeImport(page);
    await page.waitForTimeout(1000);
    taken = counts.created;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(ROWS);
    expect(counts).toMatchObject({ rows: taken, merged: 0, unchanged: 0, rejected: 0 });
    // The batch at which it stopped may be on the disk all the same: its answer never came.
    taken = await totalLeads(page);
    expect(taken - counts.created).toBeGreaterThanOrEqual(0);
    expect(taken - counts.created).toBeLessThanOrEqual(BATCH);
  });

  it('refuses an edit, and shows the value that is stored', async () => {
    const { page } = laptop;
    await disk.fill(0);
    await editCell(page, 0, 'name', 'Not stored');
    await page
      .getByRole('alert')
      .filter({ hasText: /disk is full/i })
      .first()
      .waitFor();
    await expect.poll(() => cell(page, 0, 'name').innerText()).toBe('Person 0');
  });

  it('takes the edit once there is room again', async () => {
    const { page } = laptop;
    await disk.free();
    const stored = async () => {
      await editCell(page, 0, 'name', 'Stored');
      // An edit shows at once, and is taken back where the store refuses it.
      await page.waitForTimeout(700);
      return (await cell(page, 0, 'name').innerText()) === 'Stored';
    };
    await until(stored, 'the edit');
  });

  it('opens nothing while the disk is full, says so, and opens all leads later', async () => {
    await laptop.close();
    await disk.fill(0);
    laptop = await world.laptopOn(disk);
    const failure = laptop.page.getByRole('alert');
    await failure.waitFor();
    expect(await failure.innerText()).toMatch(/disk is full/i);
    await disk.free();
    await laptop.page.getByRole('button', { name: 'Try again' }).click();
    await laptop.page.getByRole('button', { name: 'Bulk Upload' }).waitFor();
    await expect.poll(() => totalLeads(laptop.page)).toBeGreaterThanOrEqual(taken);
    taken = await totalLeads(laptop.page);
    expect(await cell(laptop.page, 0, 'name').innerText()).toBe('Stored');
  });

  it('goes on with the file: nobody twice, nobody left out', async () => {
    const { page } = laptop;
    await dropFiles(page, file);
    const counts = await runImport(page);
    await closeImport(page);
    expect(counts).toMatchObject({ rows: ROWS, created: ROWS - taken });
    expect(counts.merged + counts.unchanged).toBe(taken);
    await expect.poll(() => totalLeads(page)).toBe(ROWS);
  });
});
