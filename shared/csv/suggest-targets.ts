/** Guesses what each column of a file is, by its header and by the look of its values. */
import { isDay } from '../filter/days.ts';
import type { FieldType } from '../lead/fields.ts';
import { countryOf } from '../phone/country.ts';
import { columnFields, customLabel } from './columns.ts';
import {
  headerMeanings,
  isIdentifier,
  isNumbering,
  type Meaning,
  phoneRank,
} from './header-names.ts';
import {
  couldBePhone,
  isEightDigits,
  isPlainNumber,
  looksLikeEmail,
  looksLikePhone,
  looksLikeUrl,
} from './looks.ts';
import type { ColumnTarget } from './mapping.ts';

/** A column with the values of the first rows, blank ones too. */
export interface ColumnSample {
  /** Empty without a header. */
  header: string;
  /** As `cellText` gives them. */
  values: readonly string[];
}

/** One target for each column; phone, name and the like at most once. */
export function suggestTargets(columns: readonly ColumnSample[]): ColumnTarget[] {
  const meanings = headerMeanings(columns.map(({ header }) => header));
  const single = singleTargets(columns, meanings);
  const taken = new Set(
    columnFields([...single.values()].map((to) => ({ to }))).definitions.map(({ id }) => id),
  );
  return columns.map((column, i) => {
    const to = single.get(i);
    if (to !== undefined) return { to };
    const { header, values } = column;
    if (header === '' && values.every((value) => value === '')) return { to: 'nothing' };
    return {
      to: 'custom',
      label: customLabel(header, i, taken),
      type: guessType(column, meanings[i]),
    };
  });
}

type Single = Exclude<ColumnTarget['to'], 'nothing' | 'custom'>;

/** Columns that become something of which a lead has one, by their index. */
function singleTargets(
  columns: readonly ColumnSample[],
  meanings: readonly (Meaning | undefined)[],
): Map<number, Single> {
  const targets = new Map<number, Single>();
  const phone = phoneColumn(columns);
  if (phone !== undefined) targets.set(phone, 'phone');
  const take = (meaning: Meaning, to: Single, fits: (column: ColumnSample) => boolean) => {
    const index = columns.findIndex(
      (column, i) => meanings[i] === meaning && !targets.has(i) && fits(column),
    );
    if (index !== -1) targets.set(index, to);
  };
  take('fullName', 'name', holdsNames);
  take('firstName', 'firstName', holdsNames);
  take('lastName', 'lastName', holdsNames);
  take('country', 'country', holdsCountries);
  return targets;
}

/** The best by its header and by how many rows it would give a number; else the best by its look. */
function phoneColumn(columns: readonly ColumnSample[]): number | undefined {
  const named = best(columns, ({ header, values }) => {
    const rank = phoneRank(header);
    if (rank === 0 || share(values, couldBePhone) < 0.5) return 0;
    return rank + 4 * filled(values);
  });
  if (named !== undefined) return named;
  return best(columns, ({ header, values }) => {
    const isPhone = (value: string) =>
      looksLikePhone(value) || (header === '' && isEightDigits(value));
    const phones = share(values, isPhone, 0);
    return phones < 0.7 || isIdentifier(header) ? 0 : phones + filled(values);
  });
}

/** Index of the column with the greatest score above 0; the first of equals. */
function best(
  columns: readonly ColumnSample[],
  score: (column: ColumnSample) => number,
): number | undefined {
  let index: number | undefined;
  let greatest = 0;
  columns.forEach((column, i) => {
    const its = score(column);
    if (its > greatest) {
      greatest = its;
      index = i;
    }
  });
  return index;
}

function holdsNames({ values }: ColumnSample): boolean {
  return share(values, (value) => looksLikePhone(value) || looksLikeEmail(value), 0) < 0.5;
}

function holdsCountries({ values }: ColumnSample): boolean {
  return share(values, (value) => countryOf(value) !== undefined) >= 0.5;
}

const LONG_TEXT = 120;

function guessType({ header, values }: ColumnSample, meaning: Meaning | undefined): FieldType {
  const all = (is: (value: string) => boolean) => share(values, is, 0) === 1;
  if (share(values, looksLikeEmail, meaning === 'email' ? 1 : 0) >= 0.8) return 'email';
  if (all(looksLikeUrl)) return 'url';
  if (all(isDay)) return 'date';
  if (phoneRank(header) > 0 && share(values, couldBePhone) >= 0.5) return 'phone';
  if (meaning === 'longText' || values.some(isLong)) return 'longText';
  return all(isPlainNumber) && !isNumbering(header) ? 'number' : 'text';
}

function isLong(value: string): boolean {
  return value.length > LONG_TEXT || value.includes('\n');
}

/** Part of the values that are so, not counting blank ones; `none` where all are blank. */
function share(values: readonly string[], is: (value: string) => boolean, none = 1): number {
  const present = values.filter((value) => value !== '');
  return present.length === 0 ? none : present.filter(is).length / present.length;
}

function filled(values: readonly string[]): number {
  return values.length === 0 ? 0 : values.filter((value) => value !== '').length / values.length;
}
