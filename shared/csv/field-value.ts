/** Values of custom fields, out of the text in a cell. */
import type { FieldType } from '../lead/fields.ts';
import type { Json } from '../record/json.ts';
import { isPlainNumber } from './looks.ts';

/** The text as a value of the field's type where it is one without doubt; else the text itself. */
export function fieldValue(text: string, type: FieldType): Json {
  if (type === 'number') return numberOf(text) ?? text;
  if (type === 'checkbox') return booleanOf(text) ?? text;
  return text;
}

/**
 * `1234.5`, `1,234.5`, `1.234,5` and `12,5`. Not `1,234`, which is a thousand or one depending
 * on who wrote it.
 */
function numberOf(text: string): number | undefined {
  const plain = plainDecimal(text.replace(/[\s'](?=\d{3}(?:\D|$))/g, ''));
  return plain !== undefined && isPlainNumber(plain) ? Number(plain) : undefined;
}

function plainDecimal(text: string): string | undefined {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  if (/^-?\d{1,3}(?:,\d{3})+\.\d+$|^-?\d{1,3}(?:,\d{3}){2,}$/.test(text))
    return text.replaceAll(',', '');
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$|^-?\d{1,3}(?:\.\d{3}){2,}$/.test(text)) {
    return text.replaceAll('.', '').replace(',', '.');
  }
  if (/^-?\d+,(?:\d{1,2}|\d{4,})$/.test(text)) return text.replace(',', '.');
  return undefined;
}

const YES = words('true yes y 1 x ✓ ✔ ☑ on sí si sim oui ja да evet tak 是 はい 예 نعم हाँ ya');
const NO = words(
  'false no n 0 ✗ ✘ ☐ off não nao non nein nee нет hayır hayir nie 否 いいえ 아니오 لا नहीं tidak',
);

function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
