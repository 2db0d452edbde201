/** Phone numbers as people write them, with the characters of all scripts reduced to ASCII. */

/**
 * Code points of the zero in each script's run of ten digits. A list of our own rather than
 * `\p{Nd}`: what counts as a digit must not depend on the runtime's version of Unicode.
 */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
  0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
  0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
];

const SUBSTITUTES: readonly (readonly [string, string])[] = [
  ['+', '\uff0b\ufe62\u207a\u208a\u2795\u1429'],
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u30fc\uff0d\ufe58\ufe63\u2796'],
  ['.', '\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\u3002\uff0e\uff61'],
  ['/', '\u2044\u2215\uff0f'],
  ['(', '\uff08\u207d\u2768\u3014\u3010\uff3b['],
  [')', '\uff09\u207e\u2769\u3015\u3011\uff3d]'],
  [',', '\uff0c\u3001\u060c\u066b\u066c'],
  [';', '\uff1b\u061b'],
  [':', '\uff1a'],
  ['#', '\uff03'],
  ['*', '\uff0a'],
  ['x', '\uff58\uff38\u00d7\u2715'],
  ["'", '\u2018\u2019\u201b\u2032\u02bc\uff07`\u00b4'],
  ['"', '\u201c\u201d\u201e\u2033\uff02'],
  ['|', '\uff5c\u00a6'],
  ['&', '\uff06'],
  ['@', '\uff20'],
  [' ', '\t\v\f\u00a0\u1680\u2007\u202f\u205f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006'],
  [' ', '\u2008\u2009\u200a'],
  ['\n', '\r\u2028\u2029'],
];

const asciiOf = new Map<string, string>();
for (const [ascii, characters] of SUBSTITUTES) {
  for (const character of characters) asciiOf.set(character, ascii);
}

/** Controls, marks of direction, joiners, variation selectors, the box of keycap emoji, soft hyphens. */
const INVISIBLE =
  /(?![\t-\r])\p{Cc}|\u034f|\u20e3|[\u00ad\u061c\u180e\ufeff]|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u206f]|[\ufe00-\ufe0f]/gu;

/** The text without what nobody sees and without what a spreadsheet put around it. */
export function visiblePhone(text: string): string {
  const visible = isPlain(text) ? text.trim() : text.replace(INVISIBLE, '').trim();
  const unwrapped = /^=\s*"([^"]*)"$/.exec(visible)?.[1] ?? visible;
  return unwrapped.replace(/^['\u2018\u2019`]+(?=\S)/, '').trim();
}

/** The text in ASCII as far as numbers are concerned; letters of other scripts stay. */
export function asciiPhone(text: string): string {
  return isPlain(text) ? text : text.replace(/[^\x20-\x5a\x5c\x5e\x5f\x61-\x7e]/gu, asciiCharacter);
}

function isPlain(text: string): boolean {
  return /^[\x20-\x5a\x5c\x5e\x5f\x61-\x7e]*$/.test(text);
}

function asciiCharacter(character: string): string {
  return asciiOf.get(character) ?? asciiDigit(character);
}

/** The ASCII digit that a digit of any script stands for; other characters as they are. */
export function asciiDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  for (const zero of ZEROS) {
    if (point >= zero && point < zero + 10) return String(point - zero);
  }
  return character;
}
