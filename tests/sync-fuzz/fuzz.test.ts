import 'fake-indexeddb/auto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playRun, type RunReport, sumReports } from './run.ts';
import { openTestDatabase } from './team.ts';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const reports: RunReport[] = [];
let server: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  server = await openTestDatabase();
}, 60_000);

afterAll(async () => {
  const report = sumReports(reports);
  console.log(`sync fuzz from seed ${SEED}: ${JSON.stringify(report)}`);
  const file = process.env.FUZZ_RESULTS;
  if (file !== undefined) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify({ seed: SEED, ...report }, null, 2)}\n`);
  }
  await server.close();
});

it(
  `laptops and server agree after ${SECONDS} s of faults, and no edit is lost (seed ${SEED})`,
  async () => {
    const end = Date.now() + SECONDS * 1000;
    for (let seed = SEED; Date.now() < end; seed++) {
      reports.push(await playRun(seed, server.database));
    }
    const { leads, conflicts, ...done } = sumReports(reports);
    for (const [what, count] of Object.entries(done)) {
      expect(count, `the fuzz did no ${what}`).toBeGreaterThan(0);
    }
  },
  SECONDS * 1000 + 120_000,
);
