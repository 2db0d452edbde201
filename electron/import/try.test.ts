import { test } from 'vitest';
import { importFile } from './import-file.ts';
import { inspectFile } from './inspect-file.ts';

test('x', async () => {
  for (const f of ['samples/leads.csv', '/tmp/exp/100k.csv']) {
    let t = performance.now();
    const i = await inspectFile(f);
    console.log(
      JSON.stringify({ ...i, columns: i.columns.map((c) => [c.label, c.suggested]) }),
      performance.now() - t,
    );
    for (let k = 0; k < 3; k++) {
      t = performance.now();
      let n = 0,
        rej = 0,
        blank = 0;
      const bad: unknown[] = [];
      const end = await importFile(
        f,
        {
          format: i.format,
          targets: i.columns.map((c) => c.suggested),
          mode: 'fillBlanks',
          country: 'US',
        },
        {
          begin: async () => ({}),
          end: async () => ({}),
          rows: async (b) => {
            n += b.rows.length;
            rej += b.rejected.length;
            blank += b.blank;
            for (const r of b.rows) if (r.key.startsWith('x:')) bad.push(r.values.phone);
            return {};
          },
        },
        new AbortController().signal,
      );
      t = performance.now() - t;
      console.log(
        f,
        end,
        { n, rej, blank, bad: bad.length },
        `${Math.round((n / t) * 1000)} rows/s`,
        k ? '' : JSON.stringify(bad.slice(0, 400)),
      );
    }
  }
}, 100000);
