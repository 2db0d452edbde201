import 'fake-indexeddb/auto';
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
  console.log(`sync fuzz from seed ${SEED}: ${JSON.stringify(sumReports(reports))}`);
  await server.close();
});

it(
  `laptops and server agree after ${SECONDS} s of faults, and no edit is lost (seed ${SEED})`,
  async () => {
    const end = Date.now() + SECONDS * 1000;
    for (let seed = SEED; Date.now() < end; seed++) {
      reports.push(await playRun(seed, server.database));
    }
    const { edits, imports, requests, crashes } = sumReports(reports);
    expect(Math.min(edits, imports, requests, crashes)).toBeGreaterThan(0);
  },
  SECONDS * 1000 + 120_000,
);
