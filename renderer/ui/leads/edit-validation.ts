/** What a cell's editor refuses, in words for people. */
import type { FieldType } from '../../../shared/lead/fields.ts';
import { parseUrl } from '../../../shared/protocol/addresses.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MAX_TEXT = 10_000;

/** Why a value does not fit a field's type, or undefined. Blank always fits: it clears the field. */
export function flawOf(type: FieldType, value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length > MAX_TEXT) return 'This text is too long';
  switch (type) {
    case 'email':
      return EMAIL.test(String(value).trim()) ? undefined : 'Enter an e-mail address';
    case 'url':
      return isWebAddress(String(value).trim()) ? undefined : 'Enter a web address';
    case 'number':
      return Number.isFinite(Number(value)) ? undefined : 'Enter a number';
    default:
      return undefined;
  }
}

function isWebAddress(text: string): boolean {
  if (parseUrl(text)) return true;
  return parseUrl(`https://${text}`) !== undefined && /^\S+\.\S+$/.test(text);
}
