import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inspectFile } from './inspect-file.ts';
import { testFiles } from './test-files.ts';

const files = testFiles();

const inspect = async (content: string | Uint8Array, name = 'leads.csv') =>
  inspectFile(await files.write(name, content));

/** The targets in short. */
async function targets(content: string): Promise<string[]> {
  const { columns } = await inspect(content);
  return columns.map(({ label, suggested }) =>
    suggested.to === 'custom'
      ? `${suggested.label}: ${suggested.type}`
      : `${label} > ${suggested.to}`,
  );
}

describe('a file', () => {
  test('shows its format, columns with samples, and how many rows it has', async () => {
    const content = 'Name,Phone,Notes\nEva,030 1234567,"a, b"\n\n,030 1234568,\nAli,,x\n';
    expect(await inspect(content, 'My leads.csv')).toEqual({
      fileName: 'My leads.csv',
      bytes: content.length,
      format: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
      columns: [
        { label: 'Name', samples: ['Eva', 'Ali'], suggested: { to: 'name' } },
        { label: 'Phone', samples: ['030 1234567', '030 1234568'], suggested: { to: 'phone' } },
        {
          label: 'Notes',
          samples: ['a, b', 'x'],
          suggested: { to: 'custom', label: 'Notes', type: 'longText' },
        },
      ],
      rows: { count: 3, exact: true },
    });
  });

  test.each([
    [',', 'Name,Phone\nEva,1\nAli,2'],
    [';', 'Name;Phone\nEva, Dr;1\nAli;2'],
    ['\t', 'Name\tPhone\nEva\t1\nAli\t2'],
    ['|', 'Name|Phone\nEva|1\nAli|2'],
    [',', 'Phone\n030 1234567\n030 1234568'],
    [';', 'sep=;\r\nName;Phone, Fax\r\nEva;1'],
    ['|', '"sep=|"\nName|Phone\nEva|1'],
    [';', 'Name;Phone\rEva;1\rAli;2'],
  ])('has the delimiter %j', async (delimiter, content) => {
    const { format, columns } = await inspect(content);
    expect(format).toMatchObject({ delimiter, hasHeader: true });
    expect(columns[0]?.label).toMatch(/^(Name|Phone)$/);
  });

  test.each([
    ['Eva,+49 30 1234567\nAli,+49 30 1234568'],
    ['Tan,91234567\nLim,91234568'],
    ['eva@example.com,Eva,030 1234567'],
  ])('without a header has columns with numbers: %j', async (content) => {
    const { format, columns, rows } = await inspect(content);
    expect(format.hasHeader).toBe(false);
    expect(columns[0]?.label).toBe('Column 1');
    expect(rows.count).toBe(content.split('\n').length);
    expect(columns.some(({ suggested }) => suggested.to === 'phone')).toBe(true);
  });

  test('may have no phone column: then none is suggested', async () => {
    expect(await targets('City,Size\nBerlin,3\nLima,10\n')).toEqual(['City: text', 'Size: number']);
  });

  test('has a column without a name only if something is in it', async () => {
    expect(await targets('Name,,\nEva,x,\nAli,,\n')).toEqual([
      'Name > name',
      'Column 2: text',
      'Column 3 > nothing',
    ]);
    const late = `Name,\n${'Eva,\n'.repeat(500)}Ali,x\n`;
    expect(await targets(late)).toEqual(['Name > name', 'Column 2: text']);
  });

  test('without a header is as wide as its rows usually are', async () => {
    const rows = 'Eva,030 1234567\n'.repeat(99);
    expect((await inspect(`${rows}Ali,030 1234568,x,y,z\n`)).columns.length).toBe(2);
    expect((await inspect('Eva,030 1234567\nAli,030 1234568,x\n')).columns.length).toBe(3);
  });

  test('counts rows that will be rejected, and lines within quotes once', async () => {
    const content = 'Name,Phone\n"E\nva",1\n"stray,2\nAli,3\n';
    expect((await inspect(content)).rows).toEqual({ count: 3, exact: true });
  });

  test('that is long is counted by its beginning', async () => {
    const { rows } = await inspect(`Name,Phone\n${'Eva,+49 30 1234567\n'.repeat(400_000)}`);
    expect(rows.exact).toBe(false);
    expect(Math.abs(rows.count - 400_000)).toBeLessThan(400);
  });

  test('shortens long samples', async () => {
    const { columns } = await inspect(`Name,Notes\nEva,${'x'.repeat(5000)}\n`);
    expect(columns[1]?.samples).toEqual([`${'x'.repeat(199)}…`]);
  });

  test('in UTF-16 or a code page is read as it was meant', async () => {
    const content = 'Name;Téléphone\r\nZoë;+49 30 1234567\r\n';
    for (const [encoding, bytes] of [
      ['utf-16le', Buffer.from(`\ufeff${content}`, 'utf16le')],
      ['utf-16be', Buffer.from(content, 'utf16le').swap16()],
      ['windows-1252', Buffer.from(content, 'latin1')],
    ] as const) {
      const { format, columns } = await inspect(bytes);
      expect(format.encoding).toBe(encoding);
      expect(columns.map(({ label, samples }) => [label, ...samples])).toEqual([
        ['Name', 'Zoë'],
        ['Téléphone', '+49 30 1234567'],
      ]);
    }
  });
});

describe('a file that is none of ours', () => {
  const zip = (...names: string[]) =>
    Buffer.concat(
      names.map((name) => Buffer.from(`PK\x03\x04\x14\0\x06\0${name}\0\0\x01\x02`, 'latin1')),
    );

  test.each<[string, string, string | Uint8Array, string]>([
    ['empty', 'a.csv', '', 'The file is empty.'],
    ['empty', 'a.csv', '\ufeff', 'The file is empty.'],
    ['empty', 'a.csv', ' \r\n\r\n', 'The file is empty.'],
    ['empty', 'a.csv', Buffer.from('\ufeff\r\n', 'utf16le'), 'The file is empty.'],
    [
      'spreadsheet',
      'a.xlsx',
      zip('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'),
      'This is an Excel workbook. Open it and save it as CSV, then drop that file.',
    ],
    ['spreadsheet', 'a.csv', zip('[Content_Types].xml'), 'This is an Excel workbook.'],
    [
      'spreadsheet',
      'a.xls',
      Buffer.from('d0cf11e0a1b11ae1000000', 'hex'),
      'This is an Excel workbook.',
    ],
    [
      'spreadsheet',
      'a.ods',
      zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'This is a spreadsheet.',
    ],
    ['spreadsheet', 'a.numbers', zip('Index/Document.iwa'), 'This is a Numbers spreadsheet.'],
    ['spreadsheet', 'a.xls', '<html><table><tr><td>Eva', 'This is a table as a web page'],
    [
      'binary',
      'a.docx',
      zip('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
      'This is not a text file',
    ],
    ['binary', 'a.zip', zip('photo.jpg'), 'This is not a text file'],
    ['binary', 'a.pdf', '%PDF-1.7\n', 'This is not a text file'],
    ['binary', 'a.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'This is not a text file'],
    ['binary', 'a.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'), 'This is not a text file'],
    ['binary', 'a.csv', 'Name,Phone\nE\0va,\0\n', 'This is not a text file'],
    ['binary', 'a.html', '<!DOCTYPE html><p>Hello', 'This is a web page'],
    ['binary', 'a.vcf', 'BEGIN:VCARD\nFN:Eva', 'contact cards'],
    ['binary', 'a.csv', 'x'.repeat(1_100_000), 'a single line of it is longer'],
  ])('is %s: %s', async (code, name, content, message) => {
    const error = await inspect(content, name).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('is unreadable: missing, or a folder', async () => {
    await mkdir(files.path('folder.csv'));
    await expect(inspectFile(files.path('folder.csv'))).rejects.toMatchObject({
      code: 'unreadable',
      message: 'This is a folder. Choose a CSV file in it.',
    });
    await expect(inspectFile(files.path('missing.csv'))).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('The file is not there any more'),
    });
  });
});
