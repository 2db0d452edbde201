import { describe, expect, test } from 'vitest';
import { columnFields } from './columns.ts';
import { toIntakeRow } from './intake-row.ts';
import type { ColumnTarget } from './mapping.ts';

const custom = (
  label: string,
  type: 'text' | 'number' | 'date' | 'checkbox' = 'text',
): ColumnTarget => ({
  to: 'custom',
  label,
  type,
});

function row(targets: ColumnTarget[], cells: string[], country = 'DE') {
  return toIntakeRow(cells, 7, { targets, country }, columnFields(targets));
}

/** The row, which must be one. */
function made(targets: ColumnTarget[], cells: string[], country?: string) {
  const outcome = row(targets, cells, country);
  if (outcome.kind !== 'row') throw new Error(JSON.stringify(outcome));
  return outcome.row;
}

describe('a row', () => {
  test('has the key of its phone, the number as dialled, and its extension (L1)', () => {
    expect(made([{ to: 'name' }, { to: 'phone' }], [' Eva  Maier', "'030/1234567 ext 5"])).toEqual({
      line: 7,
      key: '+49301234567',
      values: { name: 'Eva Maier', phone: '030/1234567 ext 5', ext: '5' },
    });
  });

  test('takes the country of its number from its own column, which is kept', () => {
    const targets: ColumnTarget[] = [{ to: 'phone' }, { to: 'country' }];
    expect(made(targets, ['98765 43210', 'India'])).toMatchObject({
      key: '+919876543210',
      values: { phone: '98765 43210', 'c/country': 'India' },
    });
    expect(made(targets, ['0151 23456789', 'Atlantis']).key).toBe('+4915123456789');
    expect(made(targets, ['0151 23456789', '']).key).toBe('+4915123456789');
  });

  test('without a usable phone has a key of its content, and keeps what was dialled (L1)', () => {
    const targets: ColumnTarget[] = [{ to: 'name' }, { to: 'phone' }, custom('Age', 'number')];
    const first = made(targets, ['Eva', 'ask her', '40']);
    expect(first).toMatchObject({ values: { name: 'Eva', phone: 'ask her', 'c/age': 40 } });
    expect(first.key).toMatch(/^x:[0-9a-f]{32}$/);
    expect(made(targets, ['Eva ', 'ask her', '40']).key).toBe(first.key);
    expect(made(targets, ['Eva', 'ask her', '41']).key).not.toBe(first.key);
    const turned: ColumnTarget[] = [custom('age'), { to: 'phone' }, { to: 'name' }];
    expect(made(turned, ['40', 'ask her', 'Eva']).key).toBe(first.key);
  });

  test('fills the name from the first name, and keeps the last name apart', () => {
    expect(made([{ to: 'firstName' }, { to: 'lastName' }], ['Eva', 'Maier']).values).toEqual({
      name: 'Eva',
      'c/last-name': 'Maier',
    });
    const all: ColumnTarget[] = [{ to: 'name' }, { to: 'firstName' }, { to: 'lastName' }];
    expect(made(all, ['Eva Maier', 'Eva', 'Maier']).values).toEqual({
      name: 'Eva Maier',
      'c/first-name': 'Eva',
      'c/last-name': 'Maier',
    });
    expect(made(all, ['', 'Eva', 'Maier']).values).toMatchObject({ name: 'Eva' });
  });

  test('never drops a value, though two columns ask for one field', () => {
    const targets: ColumnTarget[] = [
      { to: 'phone' },
      { to: 'phone' },
      custom('Note'),
      custom('note'),
    ];
    expect(made(targets, ['030 1234567', '030 1234568', 'a', 'b']).values).toEqual({
      phone: '030 1234567',
      'c/phone-number': '030 1234568',
      'c/note': 'a',
      'c/note-2': 'b',
    });
    expect(columnFields(targets).definitions).toEqual([
      { id: 'c/phone-number', label: 'Phone Number', type: 'phone', order: 20 },
      { id: 'c/note', label: 'Note', type: 'text', order: 30 },
      { id: 'c/note-2', label: 'note 2', type: 'text', order: 40 },
    ]);
  });

  test('has fewer cells than columns, or more that are blank', () => {
    const targets: ColumnTarget[] = [{ to: 'name' }, { to: 'phone' }];
    expect(made(targets, ['Eva']).values).toEqual({ name: 'Eva' });
    expect(made(targets, ['Eva', '', ' ', '\u00a0']).values).toEqual({ name: 'Eva' });
  });

  test.each([
    ['number', '1234.5', 1234.5],
    ['number', '1,234.50', 1234.5],
    ['number', '1.234,50', 1234.5],
    ['number', '1 234 567', 1234567],
    ['number', '12,5', 12.5],
    ['number', '-3', -3],
    ['number', '1,234', '1,234'],
    ['number', '007', '007'],
    ['number', '$5', '$5'],
    ['number', '12345678901234567890', '12345678901234567890'],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '29.2.2024', '29.2.2024'],
    ['checkbox', 'Yes', true],
    ['checkbox', '0', false],
    ['checkbox', 'maybe', 'maybe'],
  ] as const)('keeps a %s %s as %j', (type, text, value) => {
    expect(made([custom('Field', type)], [text]).values).toEqual({ 'c/field': value });
  });
});

describe('a row is rejected', () => {
  const rejected = (reason: string) => ({ kind: 'rejected', line: 7, reason });

  test('with more values than columns', () => {
    expect(row([{ to: 'name' }, { to: 'phone' }], ['Eva', '1', '', 'x'])).toEqual(
      rejected('more values than columns (4 of 2)'),
    );
  });

  test('with a value that is too long', () => {
    const targets: ColumnTarget[] = [{ to: 'name' }, custom('Note'), { to: 'nothing' }];
    expect(row(targets, ['Eva', 'x'.repeat(10_001)])).toEqual(
      rejected('a value is longer than 10,000 characters (10,001)'),
    );
    expect(row(targets, ['Eva', 'x'.repeat(10_000), 'y'.repeat(20_000)]).kind).toBe('row');
  });

  test('with values in columns alone that are left out', () => {
    expect(row([{ to: 'name' }, { to: 'nothing' }], ['', 'x'])).toEqual(
      rejected('no value in any of the columns to import'),
    );
  });
});

test.each([[[]], [['', ' ']], [['\u00a0', '\ufeff', '\u0000']]])(
  'a row of %j is blank',
  (cells) => {
    expect(row([{ to: 'name' }, { to: 'phone' }, { to: 'nothing' }], cells)).toEqual({
      kind: 'blank',
    });
  },
);
