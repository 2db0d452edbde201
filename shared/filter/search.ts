/**
 * Free-text search: the terms of what was typed, what of a lead they match, and where in a text.
 *
 * Every term has to occur somewhere in the lead's text, whatever the field. Terms are words, and
 * numbers: neighbouring groups of digits are one number, found in phones of any format.
 */
import { foldedPieces, foldText } from './fold.ts';
import { numberNeedle, numberRuns } from './phone-digits.ts';

/** One thing to be found. */
export interface SearchTerm {
  /** Each of these texts by itself is the term. */
  whole: readonly string[];
  /** So is something of each of these together: a number's groups of digits, taken one by one. */
  parts: readonly (readonly string[])[];
}

export interface Search {
  terms: readonly SearchTerm[];
}

/** From the first character up to, and without, the second. */
export type TextRange = [start: number, end: number];

/** Gives the phone key of a number as dialled, if it is a complete one. */
export type KeyOf = (number: string) => string | undefined;

export const MAX_SEARCH = 200;

/** Digits with what people write around and between them. */
const DIGITS = /^[+().\-/]*\d[\d+().\-/]*$/;
const SEPARATORS = /^[().\-/]+$/;
/** A number this long may be a whole phone number. */
const MIN_PHONE_DIGITS = 7;

/** @param keyOf finds what a number means that is written otherwise than its key */
export function parseSearch(typed: string, keyOf: KeyOf = () => undefined): Search {
  const words = foldText(typed.slice(0, MAX_SEARCH)).split(/\s+/).filter(Boolean);
  const terms: SearchTerm[] = [];
  for (let i = 0; i < words.length; ) {
    const end = endOfNumber(words, i);
    const groups = words.slice(i, end).filter((word) => !SEPARATORS.test(word));
    terms.push(end > i ? numberTerm(groups, keyOf) : { whole: [words[i] ?? ''], parts: [] });
    i = Math.max(end, i + 1);
  }
  return { terms };
}

/**
 * Whether a lead matches.
 * @param has whether a text occurs in what the lead shows, folded
 */
export function matchesSearch({ terms }: Search, has: (needle: string) => boolean): boolean {
  return terms.every((term) => termMatches(term, has));
}

export function termMatches({ whole, parts }: SearchTerm, has: (needle: string) => boolean) {
  return whole.some(has) || (parts.length > 0 && parts.every((needles) => needles.some(has)));
}

/**
 * The lines to search in for one value, folded: the value, and the phone numbers in it as digits.
 * What {@link highlightRanges} finds in the value, a search finds in these lines.
 */
export function searchLines(value: string): string[] {
  const folded = foldText(value);
  return [folded, ...numberRuns(folded).map(({ number }) => number)];
}

/** Whether all that matches `next` matches `before` too, so that only its matches need be looked at. */
export function narrows(next: Search, before: Search): boolean {
  return before.terms.every((term) => next.terms.some((other) => implies(other, term)));
}

function implies(next: SearchTerm, before: SearchTerm): boolean {
  const wholesDo = next.whole.every((needle) => provesTerm([needle], before));
  return wholesDo && (next.parts.length === 0 || partsProve(next.parts, before));
}

/** Whether a text that holds one needle of each part matches the term. */
function partsProve(parts: SearchTerm['parts'], term: SearchTerm): boolean {
  const proves = (wanted: readonly string[]) =>
    parts.some((needles) => needles.every((needle) => contains(needle, wanted)));
  return proves(term.whole) || (term.parts.length > 0 && term.parts.every(proves));
}

function provesTerm(needles: readonly string[], term: SearchTerm): boolean {
  return partsProve([needles], term);
}

function contains(needle: string, wanted: readonly string[]): boolean {
  return wanted.some((text) => needle.includes(text));
}

/** Where the terms stand in a shown text, in order and without overlap. */
export function highlightRanges(text: string, { terms }: Search): TextRange[] {
  if (terms.length === 0 || text === '') return [];
  const places = placesIn(text);
  const ranges = terms.flatMap(({ whole, parts }) => {
    const found = whole.flatMap((needle) => findAll(needle, places));
    return found.length > 0 ? found : parts.flat().flatMap((needle) => findAll(needle, places));
  });
  return joined(ranges);
}

/** A folded text and, for each of its characters, what of the shown text it stands for. */
interface Places {
  folded: string;
  starts: number[];
  ends: number[];
}

/** The text itself, then the numbers in it. */
function placesIn(text: string): Places[] {
  const whole: Places = { folded: '', starts: [], ends: [] };
  for (const { folded, start, end } of foldedPieces(text)) {
    whole.folded += folded;
    for (let i = 0; i < folded.length; i++) {
      whole.starts.push(start);
      whole.ends.push(end);
    }
  }
  const numbers = numberRuns(whole.folded).map(({ number, places }) => ({
    folded: number,
    starts: places.map((place) => whole.starts[place] ?? 0),
    ends: places.map((place) => whole.ends[place] ?? 0),
  }));
  return [whole, ...numbers];
}

function findAll(needle: string, places: Places[]): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { folded, starts, ends } of places) {
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) {
      ranges.push([starts[at] ?? 0, ends[at + needle.length - 1] ?? 0]);
    }
  }
  return ranges;
}

function joined(ranges: TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Where the number that begins at a word ends; the word itself if it begins none. */
function endOfNumber(words: readonly string[], start: number): number {
  let end = start;
  for (let i = start; i < words.length; i++) {
    const word = words[i] ?? '';
    if (i > start && SEPARATORS.test(word)) continue;
    if (!DIGITS.test(word) || (i > start && /^\(?\+/.test(word))) break;
    end = i + 1;
  }
  return end;
}

function numberTerm(groups: readonly string[], keyOf: KeyOf): SearchTerm {
  const typed = groups.join(' ');
  const isPhone = typed.replace(/\D/g, '').length >= MIN_PHONE_DIGITS;
  const key = isPhone ? keyOf(typed) : undefined;
  const number = [numberNeedle(typed), ...(key === undefined ? [] : [key])];
  if (groups.length === 1) return { whole: unique([typed, ...number]), parts: [] };
  return { whole: unique(number), parts: groups.map((group) => unique([group, digitsOf(group)])) };
}

function digitsOf(group: string): string {
  return group.replace(/[().\-/]/g, '');
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}
