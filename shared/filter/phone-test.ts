/** Conditions on phone numbers: as text, and by their digits in whatever format. */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { foldText } from './fold.ts';
import { numberNeedle, numberRuns } from './phone-digits.ts';
import type { KeyOf } from './search.ts';

/** A number as it was written, and the phone key where there is one. */
export interface Phone {
  dialled: string;
  key: string | undefined;
}

/** What there is to know of a typed number: its folded text, its digits, its key. */
interface TypedNumber {
  text: string;
  digits: string | undefined;
  key: string | undefined;
}

type PhoneTest = (phone: Phone) => boolean;

/** Whether the number is this one, whatever the format. */
export function phoneIs(typed: string, keyOf: KeyOf): PhoneTest {
  const { text, digits, key } = typedNumber(typed, keyOf);
  return (phone) =>
    spellings(phone).some((spelling) => spelling === text || spelling === digits) ||
    (key !== undefined && (phone.key ?? keyOf(phone.dialled)) === key);
}

export function phoneContains(typed: string, keyOf: KeyOf): PhoneTest {
  const { text, digits, key } = typedNumber(typed, keyOf);
  return (phone) =>
    spellings(phone).some(
      (spelling) => spelling.includes(text) || (digits !== undefined && spelling.includes(digits)),
    ) ||
    (key !== undefined && phone.key === key);
}

/** Whether the number begins so: with `+` and the country's code, or without both. */
export function phoneStartsWith(typed: string, keyOf: KeyOf): PhoneTest {
  const { text, digits } = typedNumber(typed, keyOf);
  const starts = (spelling: string) =>
    spelling.startsWith(text) || (digits !== undefined && spelling.startsWith(digits));
  return (phone) => spellings(phone).some(starts);
}

/** The folded text, then the digits: as dialled, without leading zeros, the key's and within its country. */
function spellings({ dialled, key }: Phone): string[] {
  const text = foldText(dialled).trim();
  const found = [text, ...numberRuns(text).map(({ number }) => number)];
  const digits = numberNeedle(text);
  if (digits !== '') found.push(digits);
  if (key !== undefined) found.push(key, key.slice(1), nationalDigits(key));
  return found;
}

function typedNumber(typed: string, keyOf: KeyOf): TypedNumber {
  const text = foldText(typed).trim();
  const isNumber = /^[\d+().\-/ ]*\d[\d+().\-/ ]*$/.test(text);
  if (!isNumber) return { text, digits: undefined, key: undefined };
  return { text, digits: numberNeedle(text), key: keyOf(text) };
}

let callingCodes: Set<string> | undefined;

/** The digits after the country's calling code; no code begins with another. */
function nationalDigits(key: string): string {
  callingCodes ??= new Set(getCountries().map((country) => getCountryCallingCode(country)));
  for (let length = 1; length <= 3; length++) {
    if (callingCodes.has(key.slice(1, 1 + length))) return key.slice(1 + length);
  }
  return key.slice(1);
}
