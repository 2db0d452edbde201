/** Text reduced to what comparing it depends on: neither letter case nor accents nor script of digits. */
import { asciiDigit } from '../phone/phone-text.ts';

/** A piece of a text that folds by itself, and where it stands in the text. */
export interface FoldedPiece {
  folded: string;
  start: number;
  end: number;
}

/**
 * Marks that are accents or vowel points in Latin, Greek, Cyrillic, Hebrew and Arabic, and what
 * nobody sees. Not the marks of Indic scripts, which are vowels.
 */
const DROPPED =
  /[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05bd]|[\u05bf-\u05c7]|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670|[\u00ad\u061c\u180e\ufeff]|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u206f]|[\ufe00-\ufe0f]/g;

/** Letters that people take for another with an accent, though Unicode does not, and look-alikes. */
const SUBSTITUTES: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
};
const SUBSTITUTED = new RegExp(`[${Object.keys(SUBSTITUTES).join('')}]`, 'g');
const ASCII = /^[\t\n\r -~]*$/;

export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(SUBSTITUTED, (character) => SUBSTITUTES[character] ?? character)
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit);
}

/** The text in pieces, the smallest that fold as they do within the text: what matches in one is shown. */
export function foldedPieces(text: string): FoldedPiece[] {
  return Array.from(text.matchAll(/\P{M}\p{M}*|\p{M}+/gu), ({ 0: piece, index }) => ({
    folded: foldText(piece),
    start: index,
    end: index + piece.length,
  }));
}
