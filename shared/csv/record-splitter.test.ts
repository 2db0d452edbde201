import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { recordSplitter } from './record-splitter.ts';

interface Options {
  parts?: string[];
  delimiter?: string;
  limit?: number;
  fields?: number;
}

/** Everything that comes of a text: `line:record`, and `line!reason` for the rejected. */
function split(text: string, { parts = [text], delimiter = ',', limit, fields }: Options = {}) {
  const splitter = recordSplitter(delimiter, limit);
  if (fields !== undefined) splitter.expectFields(fields);
  const out = [...parts.map((part) => splitter.push(part)), splitter.end()];
  return {
    records: out.flatMap(({ records }) =>
      records.map(({ line, text: record }) => `${line}:${record}`),
    ),
    rejected: out.flatMap(({ rejected }) =>
      rejected.map(({ line, reason }) => `${line}!${reason}`),
    ),
  };
}

describe('records', () => {
  test.each([
    ['a,b\nc,d', ['1:a,b', '2:c,d']],
    ['a,b\r\nc,d\r\n', ['1:a,b', '2:c,d']],
    ['a,b\rc,d\r', ['1:a,b', '2:c,d']],
    ['a\n\nb\r\r\nc\n\n', ['1:a', '2:', '3:b', '4:', '5:c', '6:']],
    ['a,"x\ny"\nb', ['1:a,"x\ny"', '3:b']],
    ['"x\r\ny\rz"\r\nb', ['1:"x\r\ny\rz"', '4:b']],
    ['a,"say ""hi""\n"\nb', ['1:a,"say ""hi""\n"', '3:b']],
    ['"a" ,b\n"c"  \nd', ['1:"a" ,b', '2:"c"  ', '3:d']],
    ['a "quoted" word\nb 5" pipe\nc', ['1:a "quoted" word', '2:b 5" pipe', '3:c']],
    ['"a"b"\nc"\nd', ['1:"a"b"', '2:c"', '3:d']],
    ['"a" b",c\nd', ['1:"a" b",c', '2:d']],
    ['"",""\nb', ['1:"",""', '2:b']],
    ['"""",x\nb', ['1:"""",x', '2:b']],
    ['', []],
    ['\n', ['1:']],
    ['"a"', ['1:"a"']],
  ])('of %j', (text, records) => {
    expect(split(text)).toEqual({ records, rejected: [] });
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '"', '""', ',', ',"', '",', '\n', '\r\n', '\r'), {
      maxLength: 60,
    })
    .map((pieces) => pieces.join(''));

  test('do not depend on the parts in which the text arrives', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 });
    const options = fc.record({
      limit: fc.constantFrom(7, 20, 1000),
      fields: fc.constantFrom(0, 2, 3),
    });
    fc.assert(
      fc.property(text, cuts, options, (whole, lengths, how) => {
        const parts: string[] = [];
        for (let at = 0, i = 0; at < whole.length; i++) {
          const length = lengths[i % lengths.length] ?? 1;
          parts.push(whole.slice(at, at + length));
          at += length;
        }
        expect(split(whole, { ...how, parts })).toEqual(split(whole, how));
      }),
      { numRuns: 2000 },
    );
  }, 60_000);

  test('are what papaparse makes of the text', () => {
    fc.assert(
      fc.property(text, (mixed) => {
        const whole = `${mixed.replace(/\r\n?/g, '\n')}\n`;
        const { data, errors } = Papa.parse<string[]>(whole, { delimiter: ',', newline: '\n' });
        fc.pre(!errors.some(({ code }) => code === 'MissingQuotes'));
        const { records } = split(whole);
        const joined = records.map((record) => `${record.replace(/^\d+:/, '')}\n`).join('');
        expect(joined).toBe(whole);
        expect(records.length).toBe(data.length - 1);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});

describe('a record that is too long', () => {
  test('is dropped with its line', () => {
    const { records, rejected } = split(`a\n${'x'.repeat(11)}\nb`, { limit: 10 });
    expect(records).toEqual(['1:a', '3:b']);
    expect(rejected).toEqual(['2!the row is longer than 1 MiB']);
  });

  test('goes only to the end of its line, whatever quotes it has', () => {
    const text = `a,"${'x'.repeat(20)}\nb,c\nd,"e\nf"\n`;
    expect(split(text, { limit: 10 })).toEqual({
      records: ['2:b,c', '3:d,"e\nf"'],
      rejected: ['1!the row is longer than 1 MiB'],
    });
  });
});

describe('a stray quote', () => {
  const rows = (from: number, to: number, row = (i: number) => `Bob ${i},+4915123456${i},note`) =>
    Array.from({ length: to - from }, (_, i) => row(from + i));

  test('costs its own line when nothing closes it', () => {
    const text = ['name,phone,note', '"Ann,+491512345600,note', ...rows(10, 90)].join('\n');
    const { records, rejected } = split(text, { fields: 3 });
    expect(records.length).toBe(81);
    expect(records[1]).toBe('3:Bob 10,+491512345610,note');
    expect(rejected).toEqual(['2!a quotation mark (") opens here and is never closed']);
  });

  test('costs its own line when it is not closed within the limit', () => {
    const text = ['"Ann,1', ...rows(100, 900), 'x,"y, z",w'].join('\n');
    const { records, rejected } = split(text, { limit: 1000 });
    expect(records.length).toBe(801);
    expect(rejected).toEqual(['1!a quotation mark (") opens here and is not closed within 1 MiB']);
  });

  test.each([
    ['first', '"Ann,+491512345600,note'],
    ['last', 'Ann,+491512345600,"note'],
  ])('in the %s column costs its own line when a later row closes it', (_, stray) => {
    const text = [stray, ...rows(10, 20), 'Zoe,+491512345699,"one, two"', ...rows(20, 30)].join(
      '\n',
    );
    const { records, rejected } = split(text, { fields: 3 });
    expect(records.length).toBe(21);
    expect(rejected).toEqual([
      '1!a quotation mark (") opens here and is closed only some lines later',
    ]);
  });

  test('is told from a note of several lines', () => {
    const note =
      '+491512345600,Ann,"Dear Ann,\nthank you, and see you, soon\nBob, Zoe, Tim\nand all"';
    expect(split(`${note}\n${note}`, { fields: 3 })).toEqual({
      records: [`1:${note}`, `5:${note}`],
      rejected: [],
    });
  });

  test('on every line of a long file takes no longer than one', () => {
    const text = `${rows(10_000, 60_000, (i) => `"Bob" Lee ${i},+491512345,note`).join('\n')}\n`;
    const begun = performance.now();
    const { records, rejected } = split(text);
    expect([records.length, rejected.length]).toEqual([0, 50_000]);
    const closed = split(`${text}Zoe,1,"x, y"\n`.replaceAll('\n', '\r\n'), { fields: 3 });
    expect([closed.records.length, closed.rejected.length]).toEqual([1, 50_000]);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
