// @ts-check
// npm start -- --demo: the whole way in one go, in the real app. A team is made, the sample file is
// dropped on the window, a second laptop joins, and both must show the same leads.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
} from './app-steps.mjs';
import { openLaptop } from './laptop.mjs';
import { note, step } from './steps.mjs';
import { startTeamServer } from './team-server.mjs';

/**
 * @typedef {import('./laptop.mjs').Laptop} Laptop
 * @typedef {{ root: string, electronDir: string, appArgs: string[], env: NodeJS.ProcessEnv }} DemoOptions
 */

/**
 * Prints one line of JSON with the counts on stdout and saves a screenshot.
 * @param {DemoOptions} options
 * @returns {Promise<number>} the exit code: 0 where both laptops are equal
 */
export async function runDemo(options) {
  const folder = mkdtempSync(path.join(tmpdir(), 'satchel-demo-'));
  /** @type {Laptop[]} */
  const laptops = [];
  const server = await step(
    'Team server',
    () => serve(options.root, folder),
    ({ address }) => address,
  );
  try {
    const report = await playDemo(options, folder, server.address, laptops);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.equal ? 0 : 1;
  } catch (error) {
    note(`The demo failed: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    for (const laptop of laptops) await laptop.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} root @param {string} folder */
function serve(root, folder) {
  return startTeamServer({
    script: path.join(root, 'dist', 'server', 'server.mjs'),
    port: 0,
    folder: path.join(folder, 'server'),
    logFile: path.join(folder, 'server.log'),
    signal: AbortSignal.timeout(600_000),
  });
}

/**
 * @param {DemoOptions} options
 * @param {string} folder
 * @param {string} server
 * @param {Laptop[]} laptops
 */
async function playDemo(options, folder, server, laptops) {
  const open = async (/** @type {string} */ name) => {
    const laptop = await openLaptop({ ...options, dataDir: path.join(folder, name) });
    laptops.push(laptop);
    return laptop;
  };
  const first = await step('First laptop: creates the team', async () => {
    const laptop = await open('first');
    await createTeam(laptop.page, {
      server,
      team: 'Demo team',
      name: 'Dana Demo',
      email: 'dana@demo.example',
    });
    return laptop;
  });
  const counts = await step('Imports the sample file', async () => {
    await dropFiles(first.page, path.join(options.root, 'samples', 'leads.csv'));
    await importDialog(first.page).waitFor();
    const counted = await runImport(first.page);
    await closeImport(first.page);
    await untilSync(first.page);
    return counted;
  });
  const leads = await totalLeads(first.page);
  const second = await step('Second laptop: joins and syncs', async () => {
    const laptop = await open('second');
    const invitation = await invite(first.page);
    await joinTeam(laptop.page, { invitation, name: 'Sam Second', email: 'sam@demo.example' });
    await until(async () => (await totalLeads(laptop.page)) === leads, 'all leads', 300_000);
    await untilSync(laptop.page);
    return laptop;
  });
  const equal = await showSameLeads(first, second);
  return {
    ...counts,
    leads,
    secondLaptop: await totalLeads(second.page),
    equal,
    server,
    screenshot: await screenshot(first, options.root),
  };
}

/** Compares what both tables show, page by page, at a page of 20. @param {Laptop} a @param {Laptop} b */
async function showSameLeads(a, b) {
  const pages = [a.page, b.page];
  if ((await totalLeads(a.page)) !== (await totalLeads(b.page))) return false;
  for (let shown = 0; shown < 5; shown++) {
    const [mine, theirs] = await Promise.all(pages.map(rowsOnScreen));
    if (!mine?.length || JSON.stringify(mine) !== JSON.stringify(theirs)) return false;
    for (const page of pages) await page.getByRole('button', { name: 'Next page' }).click();
    await until(async () => (await rowsOnScreen(a.page))[0] !== mine[0], 'the next page');
    await until(async () => (await rowsOnScreen(b.page))[0] !== mine[0], 'the next page');
  }
  return true;
}

/** @param {Laptop} laptop @param {string} root @returns {Promise<string>} where it was saved */
async function screenshot({ page }, root) {
  const file = path.join(root, '.satchel', 'demo.png');
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  return path.relative(root, file);
}
