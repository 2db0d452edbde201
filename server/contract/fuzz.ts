import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatClock } from '../../shared/record/clock.ts';
import { storableText } from '../../shared/record/json.ts';
import { MAX_RECORD_TEXT } from '../sync/rows.ts';
import { Client, request } from '../testing/client.ts';
import { at, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

/** Parts of a row as JSON text, since values can't say all that a text can. */
interface Parts {
  id: string;
  field: string;
  value: string;
  clock: string;
  layer: (good: string) => string;
  base: string;
  record: (good: string) => string;
  row: (good: string) => string;
}

const BASE_TEXT = '{"person":{},"machine":{},"died":null}';
const quoted = (text: string) => JSON.stringify(text);
const FUTURE = formatClock(Date.now() + 3600_000, 0, 'aaaaaaaaaa');
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What no part may be, each enough to have the row refused. */
const BAD: { [Part in keyof Parts]: readonly Parts[Part][] } = {
  id: ['null', '7', '""', '{}', '[]', quoted('4'.repeat(101)), '"49\\u0000"', '"49\\ud800"'],
  field: ['"__proto__"', '"*"', '""', '"_rev"', '"a\\u0000"', '"ä"', quoted('f'.repeat(129))],
  value: [
    '"\\u0000"',
    '"\\ud800"',
    '"a\\udc00b"',
    '{"a":["\\ud83d"]}',
    '{"a\\u0000":1}',
    '1e999',
    '-1e999',
    nested(100),
    nested(20_000),
    '{"__proto__":{"polluted":true}}',
    '[{"__proto__":null}]',
    quoted('x'.repeat(MAX_RECORD_TEXT)),
  ],
  clock: ['null', '7', '"now"', '""', quoted(FUTURE), quoted(at(1).toUpperCase()), '{}'],
  layer: ['null', '[]', '"x"', '1', '{"values":{}}', '{"clock":{}}'].map((text) => () => text),
  base: [
    'null',
    '[]',
    '"x"',
    '{}',
    '{"person":{},"machine":{}}',
    '{"person":{"name":"now"},"machine":{},"died":null}',
    '{"person":{},"machine":{},"died":null,"more":1}',
    '{"person":{"__proto__":null},"machine":{},"died":null}',
    `{"person":{},"machine":{},"died":${nested(500)}}`,
  ],
  record: [
    ...['null', '7', '[]', '"x"', '{}', 'true', '{"__proto__":{}}'].map((text) => () => text),
    (good: string) => `[${good}]`,
    (good: string) => good.replace(/\}$/, ',"_deleted":true}'),
    (good: string) => good.replace(/\}$/, ',"__proto__":{"polluted":true}}'),
    (good: string) => good.replace(/\}$/, `,"died":${quoted(FUTURE)}}`),
  ],
  row: [
    ...['null', '7', '[]', '"x"', '{}', nested(3000)].map((text) => () => text),
    (good: string) => `[${good}]`,
  ],
};

const PARTS = Object.keys(BAD) as (keyof Parts)[];
const badParts: fc.Arbitrary<Partial<Parts>> = fc
  .tuple(
    fc.record({
      id: fc.constantFrom(...BAD.id),
      field: fc.constantFrom(...BAD.field),
      value: fc.constantFrom(...BAD.value),
      clock: fc.constantFrom(...BAD.clock),
      layer: fc.constantFrom(...BAD.layer),
      base: fc.constantFrom(...BAD.base),
      record: fc.constantFrom(...BAD.record),
      row: fc.constantFrom(...BAD.row),
    }),
    fc.subarray(PARTS, { minLength: 1, maxLength: 2 }),
  )
  .map(([all, parts]) => {
    const some: Partial<Parts> = {};
    for (const part of parts) copyPart(some, all, part);
    return some;
  });

function copyPart<Part extends keyof Parts>(into: Partial<Parts>, from: Parts, part: Part): void {
  into[part] = from[part];
}

const hostileRow: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: badParts.map(rowText) },
  { weight: 1, arbitrary: fc.json().map((record) => `{"record":${record},"base":${BASE_TEXT}}`) },
  { weight: 1, arbitrary: fc.json() },
);

function rowText(bad: Partial<Parts>): string {
  const same = (good: string) => good;
  const { id = '"49150"', field = '"name"', value = '"N"', clock = quoted(at(1)) } = bad;
  const good = `{"values":{${field}:${value}},"clock":{${field}:${clock}}}`;
  const layer = (bad.layer ?? same)(good);
  const record = `{"id":${id},"person":${layer},"machine":{"values":{},"clock":{}}}`;
  return (bad.row ?? same)(
    `{"record":${(bad.record ?? same)(record)},"base":${bad.base ?? BASE_TEXT}}`,
  );
}

/** Whatever comes by the network. */
export function fuzzContract({ address }: Subject): void {
  it('refuses every hostile row with a reason, takes its neighbours, stores nothing of it (S1)', async () => {
    const admin = await Client.ofNewTeam(address());
    const other = await Client.ofNewTeam(address());
    let since = 0;
    let count = 0;
    const push = async (rows: string[]) => {
      const body = `{"rows":[${rows.join(',')}]}`;
      const answer = await admin.request('POST', '/v1/sync/leads/push', { body });
      expect(answer.status).toBe(200);
      return answer.body as { merged: unknown[]; refused: { code: string; message: string }[] };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(hostileRow, { minLength: 1, maxLength: 6 }), async (hostile) => {
        const good = hostile.map(() => importedLead(`49151${++count}`, 'Good'));
        const rows = hostile.flatMap((row, i) => [
          row,
          JSON.stringify(admin.row('leads', good[i])),
        ]);
        const { merged, refused } = await push(rows);
        expect(merged).toEqual([]);
        expect(refused).toHaveLength(hostile.length);
        for (const { message } of refused) expect(message).toMatch(/./);
        const page = await admin.pull('leads', since);
        since = page.checkpoint;
        expect(page.records).toEqual(good);
      }),
      { numRuns: 150 },
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect((await other.pull('leads')).records).toEqual([]);
  });

  it('answers no body with a failure of its own, on whatever route', async () => {
    const admin = await Client.ofNewTeam(address());
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom(
        nested(5000),
        '{"__proto__":{}}',
        '{"email":"a\\u0000@example.org"}',
        '"',
        '',
      ),
      fc
        .record({ email: fc.jsonValue(), password: fc.jsonValue(), name: fc.jsonValue() })
        .map((body) => JSON.stringify(body)),
    );
    const routes = [
      '/v1/teams',
      '/v1/join',
      '/v1/sessions',
      '/v1/invitations',
      '/v1/sync/leads/push',
      '/v1/sync/workspace/push',
      `/v1/members/${admin.session.member.id}/deactivate`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), text, async (path, body) => {
        const { status } = await request(address(), 'POST', path, {
          body,
          token: admin.session.token,
        });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });

  it('answers no address with a failure of its own', async () => {
    const admin = await Client.ofNewTeam(address());
    const text = fc.oneof(
      fc.string({ unit: 'binary' }).map((raw) => encodeURIComponent(storableText(raw))),
      fc.constantFrom('%00', '%', '%zz', '..', '-1', '1e30', '9007199254740993', 'NaN', '%ff'),
      fc.integer().map(String),
    );
    const paths: ((a: string) => string)[] = [
      (a) => `/v1/sync/leads/pull?since=${a}`,
      (a) => `/v1/sync/leads/pull?since=1&history=${a}`,
      (a) => `/v1/sync/leads/pull?limit=${a}`,
      (a) => `/v1/sync/${a}/pull`,
      (a) => `/v1/leads?cursor=${a}&limit=${a}`,
      (a) => `/v1/devices/${a}`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), text, async (path, part) => {
        const method = path('').includes('devices') ? 'DELETE' : 'GET';
        expect((await admin.request(method, path(part))).status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
}
