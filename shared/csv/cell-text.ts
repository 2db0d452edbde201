/** The text of a cell, as it is kept. */
import { storableText } from '../record/json.ts';

/**
 * The text trimmed and composed (NFC), with plain spaces and line breaks, without what nobody
 * sees or PostgreSQL refuses, and without what spreadsheets put around it: `="0049"` and the
 * apostrophe before a formula.
 */
export function cellText(raw: string): string {
  if (raw === '' || PLAIN.test(raw)) return raw;
  const text = trimmed(
    storableText(raw)
      .normalize('NFC')
      .replace(INVISIBLE, '')
      .replace(SPACES, ' ')
      .replace(BREAKS, '\n'),
  );
  return isGuarded(text) ? text.slice(1) : text.replace(/^="([^"]*)"$/, '$1').trim();
}

/**
 * The text as it is exported: an apostrophe keeps a spreadsheet from running it. What begins
 * with apostrophes before such a character gets one more, so that {@link cellText} gives it back.
 */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function isGuarded(text: string): boolean {
  return text.startsWith("'") && FORMULA.test(text);
}

/** Printable ASCII without edges to trim, apostrophe or formula: most cells. */
const PLAIN = /^[!-&(-<>-~](?:[ -~]*[!-~])?$/;
const FORMULA = /^'*[=+\-@]/;
const INVISIBLE = /(?![\t-\r])\p{Cc}|[\u00ad\u200b\u2060\ufeff]/gu;
const SPACES = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const BREAKS = /\r\n?|[\v\f\u2028\u2029]/g;
/** White space, and the marks of direction that only matter between other characters. */
const EDGE = /[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** One character after the other: an expression for the end would try each run of spaces in the text. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text.charAt(start))) start++;
  while (end > start && EDGE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
