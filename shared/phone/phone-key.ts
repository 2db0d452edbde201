/** Rule P: the canonical form of a phone number, which is the key of its lead everywhere. */
import parsePhoneNumber, { type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { phoneCandidates } from './phone-candidates.ts';
import { visiblePhone } from './phone-text.ts';
import { isSurelyValid, isValidNumber } from './valid-number.ts';

/**
 * Version of the rule. Keys are computed once at intake and stored, so the rule is frozen: other
 * results, also by other metadata of libphonenumber, need another version and a migration.
 */
export const PHONE_KEY_VERSION = 1;

export interface PhoneKey {
  /** `+` and the E.164 digits after folding, such as `+5511987654321`. */
  key: string;
  /** The text as written, without surrounding and invisible characters. */
  dialled: string;
  /** Digits of the extension, or empty. Extensions share the key of their number. */
  extension: string;
}

/**
 * The key of the first usable number in a text, or undefined where there is none.
 * @param country ISO 3166-1 alpha-2 of numbers without country code; anything else is none
 */
export function phoneKey(dialled: string, country: string): PhoneKey | undefined {
  const text = visiblePhone(dialled);
  for (const { number, extension, withoutTrunk } of phoneCandidates(text)) {
    const key = keyOf(number, country) ?? (withoutTrunk && keyOf(withoutTrunk, country));
    if (key) return { key, dialled: text, extension };
  }
  return undefined;
}

function keyOf(number: string, country: string): string | undefined {
  for (const spelling of dialledFrom(number, country)) {
    if (!FOLDED.test(spelling) && isSurelyValid(spelling)) return spelling;
    const e164 = e164Of(spelling, country);
    if (e164 === undefined) continue;
    const key = FOLDED.test(e164) ? `+${fold(e164.slice(1))}` : e164;
    if (isValidNumber(key)) return key;
  }
  return undefined;
}

/**
 * What the library makes of it, but for one case: digits that begin with the country's own code,
 * as WhatsApp writes its numbers. In countries whose landlines vary in length the library takes
 * `49151…` for a landline; here it is the mobile that it says, `+49 151 …`.
 */
function e164Of(number: string, country: string): string | undefined {
  const parsed = parse(number, country);
  if (parsed === undefined || !number.startsWith(parsed.countryCallingCode)) return parsed?.number;
  const international = parse(`+${number}`, country);
  if (international === undefined || !isMobile(international)) return parsed.number;
  return isMobile(parsed) ? parsed.number : international.number;
}

function isMobile(number: PhoneNumber): boolean {
  return number.getType()?.includes('MOBILE') ?? false;
}

/** `00` is the international prefix nearly everywhere, whatever the default country dials. */
function dialledFrom(number: string, country: string): string[] {
  const plain = number.replace(/^\+00(?=[1-9])/, '+');
  const mexican = withoutMexicanPrefix(plain, country);
  return /^00[1-9]/.test(mexican) ? [`+${mexican.slice(2)}`, mexican] : [mexican];
}

/** Mexico dialled 01 for long distance, and 044 or 045 for mobiles, until 2019. */
function withoutMexicanPrefix(number: string, country: string): string {
  if (country === 'MX') return number.replace(/^((?:\+?52)?)(?:01|04[45])(\d{10})$/, '$1$2');
  return number.replace(/^((?:\+|00)52)(?:01|04[45])(\d{10})$/, '$1$2');
}

/** Calling codes whose numbers may have to be folded. */
const FOLDED = /^\+5[245]/;

/**
 * Numbers that reach the same person by two spellings: Brazil's mobiles with and without the
 * ninth digit (landlines and 7x are left alone: adding or dropping nines everywhere would merge
 * strangers), Argentina's and Mexico's with the digit for mobiles.
 */
function fold(digits: string): string {
  return digits
    .replace(/^55([1-9][1-9])([689]\d{7})$/, '55$19$2')
    .replace(/^549(\d{10})$/, '54$1')
    .replace(/^521([2-9]\d{9})$/, '52$1');
}

function parse(number: string, country: string): PhoneNumber | undefined {
  // Not whatever the text says: the metadata is looked up by it.
  if (!/^[A-Z]{2}$/.test(country)) return parsePhoneNumber(number, { extract: false });
  return parsePhoneNumber(number, { defaultCountry: country as CountryCode, extract: false });
}
