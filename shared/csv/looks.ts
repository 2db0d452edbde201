/** What a text looks like, whatever its column is called. */
import { isDay } from '../filter/days.ts';
import { phoneCandidates } from '../phone/phone-candidates.ts';
import { visiblePhone } from '../phone/phone-text.ts';

/** Whether the text may be a phone number, given that its column is said to hold them. */
export function couldBePhone(text: string): boolean {
  return isRoundedNumber(text) || phoneCandidates(visiblePhone(text)).length > 0;
}

/** `9.19877E+11`: a number of which a spreadsheet has lost the digits. */
function isRoundedNumber(text: string): boolean {
  return /^\d[.,]\d+e\+?\d+$/i.test(text);
}

/** Whether the text is a phone number by its form; whether it is a valid one needs a country. */
export function looksLikePhone(text: string): boolean {
  if (isDay(text) || NO_PHONE.some((pattern) => pattern.test(text))) return false;
  const number = phoneCandidates(visiblePhone(text))[0]?.number;
  if (number === undefined) return false;
  const digits = number.replace('+', '');
  if (digits.length > 15 || /^(\d)\1+$/.test(digits)) return false;
  if (number.startsWith('+') || /^00?[1-9]/.test(number)) return digits.length >= 8;
  if (/^\d+$/.test(text)) return digits.length >= 9 && !isTimestamp(digits);
  return digits.length >= 7;
}

/** Dates, times, ranges of years, amounts, decimals, addresses on the internet. */
const NO_PHONE = [
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[ T].*)?$/,
  /\d:\d\d/,
  /^(?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d$/,
  /^[+-]?\d{1,3}(?:[., ]\d{3})*[.,]\d{1,2}$/,
  /^[+-]?(?:0|[1-9]\d*)[.,](?!0+$)\d+$/,
  /^\d{1,3}(?:\.\d{1,3}){3}$/,
];

/** Whether the text is digits as some countries' numbers are, and not a day like `20240229`. */
export function isEightDigits(text: string): boolean {
  return /^\d{8}$/.test(text) && !/^(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d$/.test(text);
}

/** Seconds or milliseconds since 1970, of this century. */
function isTimestamp(digits: string): boolean {
  return /^1[0-9]{9}$/.test(digits) || /^1[4-9]\d{11}$/.test(digits);
}

export function looksLikeEmail(text: string): boolean {
  return /^(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/i.test(text);
}

export function looksLikeUrl(text: string): boolean {
  return /^(?:https?:\/\/|www\.)[^\s]+\.[^\s]+$/i.test(text);
}

/** A number as a program writes it, that none of its digits gets lost of. */
export function isPlainNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/.test(text) && text.length <= 17;
}
