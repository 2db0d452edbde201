/** The numbers that a cell may mean, most likely first. */
import { asciiPhone } from './phone-text.ts';

/** A number reduced to digits with at most a leading `+`. */
export interface Candidate {
  number: string;
  /** Digits, or empty. */
  extension: string;
  /** The number without a trunk zero in parentheses, for countries that have none. */
  withoutTrunk?: string;
}

/** Longer texts are prose. */
const MAX_TEXT = 250;
const MAX_CANDIDATES = 12;

/** What nearly all cells are: one number without labels, letters or separators. */
const SIMPLE = /^\+?[\d ().-]*$/;

/** @param text as {@link visiblePhone} gives it */
export function phoneCandidates(text: string): Candidate[] {
  if (text.length > MAX_TEXT) return [];
  const ascii = asciiPhone(text);
  if (SIMPLE.test(ascii) && !MASKED.test(ascii))
    return listOf(candidate(withoutDecimals(ascii), ''));
  const whatsApp = whatsAppNumber(ascii);
  if (whatsApp !== undefined) return [{ number: `+${whatsApp}`, extension: '' }];
  const integer = exactInteger(ascii);
  if (integer !== undefined) return listOf(candidateOf(integer));
  if (LINK.test(ascii)) return [];
  return spellingsIn(ascii)
    .slice(0, MAX_CANDIDATES)
    .flatMap((part) => listOf(candidateOf(part)));
}

function listOf(found: Candidate | undefined): Candidate[] {
  return found === undefined ? [] : [found];
}

/** A table of decimal numbers writes an integer with `.0`. */
function withoutDecimals(text: string): string {
  return text.replace(/^(\+?\d{7,15})\.0{1,2}$/, '$1');
}

/** `9.19876543210E+11` with all its digits; one that was rounded is no candidate at all. */
function exactInteger(text: string): string | undefined {
  const match = /^\+?(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? '';
  return fraction.length === Number(match[3]) ? `${match[1]}${fraction}` : undefined;
}

const LINK = /:\/\/|www\./i;
const WHATSAPP_LINK =
  /(?:\bwa\.me\/|whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=)(?:\+|%2b)?(\d{6,15})\b/i;
const WHATSAPP_ID = /^\+?(\d{6,15})(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/i;

/** Digits of a WhatsApp link or id, which are always international. */
function whatsAppNumber(text: string): string | undefined {
  return WHATSAPP_LINK.exec(text)?.[1] ?? WHATSAPP_ID.exec(text)?.[1];
}

const SEPARATOR = /[;,|&\n]|:::|\s(?:or|and|oder|und|ou|et|o|y|e|или|и)\s|\s(?=\(?\+)/i;

/**
 * The texts to try. A slash may separate two numbers, or an area code from its number: in the one
 * case only stands a whole number before it. Both may be in one cell: `030/123456 / 030/654321`.
 */
function spellingsIn(text: string): string[] {
  const parts = plainExtensions(text).split(SEPARATOR);
  return parts.flatMap((part) => {
    if (!part.includes('/')) return [part];
    const [first = '', ...others] = part.split('/');
    const spaced = part.split(/\s\/\s/);
    const numbers = spaced.length > 1 ? [part, ...spaced] : spaced;
    return [first, ...numbers.map((number) => number.replaceAll('/', ' ')), ...others];
  });
}

const EXTENSION_LABEL =
  '(?:ext(?:ensi[oó]n|en|n)?|xtn?|x|anexo|ramal|poste|durchwahl|dw|interno|int|wew|доб(?:авочный)?|вн|内線|内线|分机|转|轉|#)';
/** A labelled extension at the end of a number, whatever separates it from the number. */
const LABELLED = new RegExp(
  `(\\d[\\s)]*)[\\s,;(]*${EXTENSION_LABEL}[\\s.:=#-]*(\\d{1,7})\\s*#?\\s*\\)?(?=\\s*(?:[;,|&/\\n]|$))`,
  'gi',
);
/** Digits to send after a pause, as phones write them. */
const PAUSED = /(\d)(?:,{1,3}|;)(\d{1,5})#?$/;

/** Writes extensions in one way, `x123`, without separators that would part them from the number. */
function plainExtensions(text: string): string {
  return text.replace(LABELLED, '$1 x$2').replace(PAUSED, '$1 x$2');
}

/** Signs that the digits are not those of a phone number: addresses, amounts, formulas. */
const NO_NUMBER = /[@$€£¥₹%=\\]/;
/** Digits that were made unreadable. */
const MASKED = /[x*#•?_]{2}|\.{2}|…/i;
/** What may stand before a number and after it: a label, but not letters that touch its digits. */
const LABEL_BEFORE = /^(?:[^\d+(]*[^\d+(\p{L}])?(?=[+(\d])/u;
const LABEL_AFTER = /[^\d\p{L}][^\d]*$/u;
const NUMBER = /^[(\s]*\+*[\s\d().-]*$/;

function candidateOf(text: string): Candidate | undefined {
  if (NO_NUMBER.test(text) || MASKED.test(text)) return undefined;
  const { number, extension } = splitExtension(text);
  const bare = number.trim().replace(LABEL_BEFORE, '').replace(LABEL_AFTER, '');
  const withPlus = bare.replace(/^([\s(+]*)\+/, '+');
  return NUMBER.test(withPlus) ? candidate(withPlus, extension) : undefined;
}

/** @param text digits and punctuation, after a `+` or not */
function candidate(text: string, extension: string): Candidate | undefined {
  const number = compact(text);
  if (number.length < 5) return undefined;
  if (!text.includes('(0)')) return { number, extension };
  return { number, extension, withoutTrunk: compact(text.replace('(0)', '')) };
}

function splitExtension(text: string): { number: string; extension: string } {
  const match = / x(\d{1,7})\s*$/.exec(text);
  if (match === null) return { number: text, extension: '' };
  return { number: text.slice(0, match.index), extension: match[1] ?? '' };
}

function compact(text: string): string {
  return (text.trimStart().startsWith('+') ? '+' : '') + text.replace(/\D/g, '');
}
