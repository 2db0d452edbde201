import { expect, test } from 'vitest';
import { csvReader } from './csv-reader.ts';

function read(text: string, delimiter = ',', fields = 0) {
  const reader = csvReader(delimiter, fields);
  const [pushed, ended] = [reader.push(text), reader.end()];
  return [...pushed.rows, ...ended.rows].map(({ line, cells }) => [line, ...cells]);
}

test('cells with their lines, whatever the line breaks', () => {
  expect(read('a,"b ""x""\r\nc"\r\n\r\nd,\re')).toEqual([
    [1, 'a', 'b "x"\r\nc'],
    [3, ''],
    [4, 'd', ''],
    [5, 'e'],
  ]);
});

test('a first line sep=; is no row', () => {
  expect(read('sep=;\r\na;b\r\nsep=,', ';')).toEqual([
    [2, 'a', 'b'],
    [3, 'sep=,'],
  ]);
  expect(read('\ufeff"sep=\t"\na\tb', '\t')).toEqual([[2, 'a', 'b']]);
});

test('quotes in the middle of a value are part of it', () => {
  expect(read('5" pipe,6" pipe\n"5"" pipe",x')).toEqual([
    [1, '5" pipe', '6" pipe'],
    [2, '5" pipe', 'x'],
  ]);
});
