/**
 * Text as it is sorted: by comparing code units, keys are in the order in which people look things
 * up. Letter case and accents don't matter, numbers within a text count as numbers, punctuation
 * comes before digits and digits before letters. The same on every laptop, whatever its language,
 * and ten times faster than `Intl.Collator`.
 */
import { foldText } from '../../shared/filter/fold.ts';

/** In the order of the Unicode Collation Algorithm, after spaces and before everything else. */
const PUNCTUATION = '_-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';
const FIRST_PLACE = 0x21;
const PLACES = new Map([...PUNCTUATION].map((character, i) => [character, FIRST_PLACE + i]));

const NUMBER_BASE = FIRST_PLACE + PUNCTUATION.length - 1;
/** Numbers with more digits are told apart by their first ones only. */
const MAX_DIGITS = 31;

export function sortKey(text: string): string {
  const folded = foldText(text).trim();
  return PLAIN.test(folded) ? folded : folded.replace(SPECIAL, keyOfSpecial);
}

const PLAIN = /^[a-z ]*$/;
const SPECIAL = /[^\S ]|\d+|[!-/:-@[-`{-~]/g;

function keyOfSpecial(piece: string): string {
  const place = PLACES.get(piece);
  if (place !== undefined) return String.fromCharCode(place);
  const digits = piece.replace(/^0+(?=\d)/, '');
  if (!/\d/.test(digits)) return ' ';
  return String.fromCharCode(NUMBER_BASE + Math.min(digits.length, MAX_DIGITS)) + digits;
}

/** Characters that {@link prefixNumber} takes in. */
export const PREFIX_LENGTH = 6;
const WIDE = 0xff;

/**
 * A number for the first characters of a text, or from a place on: of two texts with other
 * numbers, the less comes first.
 */
export function prefixNumber(text: string, from = 0): number {
  let prefix = 0;
  let isWide = false;
  for (let i = from; i < from + PREFIX_LENGTH; i++) {
    const code: number = isWide || i >= text.length ? 0 : text.charCodeAt(i);
    isWide ||= code >= WIDE;
    prefix = prefix * 256 + Math.min(code, WIDE);
  }
  return prefix;
}
