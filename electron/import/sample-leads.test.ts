/** The sample file, by the app's own import: what `--demo` and the first steps of a person show. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { ImportPlan, Inspection } from '../../shared/csv/mapping.ts';
import { applyIntake, type Intake, type IntakeRow } from '../../shared/lead/intake.ts';
import { NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import { formatClock } from '../../shared/record/clock.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { importFile } from './import-file.ts';
import { inspectFile } from './inspect-file.ts';
import { testFiles } from './test-files.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SAMPLE = at('samples/leads.csv');
const NODE = 'sampletest';

const files = testFiles();
let inspection: Inspection;

beforeAll(async () => {
  inspection = await inspectFile(SAMPLE);
});

async function generate(name: string, rows: number, seed: number): Promise<Buffer> {
  const out = files.path(name);
  const options = ['--rows', String(rows), '--seed', String(seed), '--out', out];
  await promisify(execFile)(process.execPath, [at('build/sample-leads.mjs'), ...options]);
  return readFile(out);
}

/** A store in memory, and what became of the rows. */
async function importSample(country: string, leads = new Map<string, RecordState>()) {
  const intake: Intake = {
    id: `import-${leads.size}`,
    via: { source: 'import', at: 1, stage: 'new', assignee: null },
    clock: formatClock(1_700_000_000_000 + leads.size, 0, NODE),
    mode: 'fillBlanks',
    rank: 'machine',
  };
  const counts = { created: 0, merged: 0, unchanged: 0, skipped: 0, rejected: 0, blank: 0 };
  const seen = new Set<string>();
  const targets = inspection.columns.map(({ suggested }) => suggested);
  const plan: ImportPlan = { format: inspection.format, targets, mode: intake.mode, country };
  const nothing = async () => ({});
  const end = await importFile(
    SAMPLE,
    plan,
    {
      begin: nothing,
      end: nothing,
      rows: async ({ rows, rejected, blank = 0 }) => {
        counts.rejected += rejected.length;
        counts.blank += blank;
        for (const row of rows as IntakeRow[]) {
          const was = leads.get(row.key);
          const { outcome, record } = applyIntake(was, row, intake, seen.has(row.key), NODE);
          leads.set(row.key, record);
          seen.add(row.key);
          counts[outcome]++;
        }
      },
    },
    new AbortController().signal,
  );
  expect(end.stopped).toBeNull();
  const needsPhone = [...leads.keys()].filter((key) => key.startsWith(NO_PHONE_PREFIX)).length;
  return { counts, leads, needsPhone };
}

test('the sample is what the generator writes, and small', async () => {
  const written = await generate('leads.csv', 2000, 1);
  expect(written.equals(await readFile(SAMPLE))).toBe(true);
  expect(written.length).toBeLessThan(300_000);
  expect((await generate('other.csv', 2000, 2)).equals(written)).toBe(false);
});

test('its columns are recognised', () => {
  const targets = inspection.columns.map(({ suggested: target }) =>
    target.to === 'custom' ? `${target.label}: ${target.type}` : target.to,
  );
  expect(targets).toEqual([
    'name',
    'phone',
    'E-mail: email',
    'Company: text',
    'City: text',
    'country',
    'Source Date: date',
    'Notes: longText',
  ]);
  expect(inspection.format).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: true });
  expect(inspection.rows).toEqual({ count: 1990, exact: true });
});

test.each(['IN', 'US', 'DE'])(
  'its 2,000 rows become these leads, for a team in %s',
  async (country) => {
    const first = await importSample(country);
    expect({ ...first.counts, leads: first.leads.size, needsPhone: first.needsPhone }).toEqual({
      created: 1870,
      merged: 69,
      unchanged: 51,
      skipped: 0,
      rejected: 0,
      blank: 10,
      leads: 1870,
      needsPhone: 28,
    });
    const { created, merged, unchanged, skipped, rejected } = first.counts;
    expect(created + merged + unchanged + skipped + rejected).toBe(1990);
  },
);

test('imported again, it changes nothing', async () => {
  const { leads, counts } = await importSample('US');
  const again = await importSample('US', leads);
  expect(again.counts).toMatchObject({ created: 0, merged: 0, unchanged: 1990 });
  expect(again.leads.size).toBe(counts.created);
});
