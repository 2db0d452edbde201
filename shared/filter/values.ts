/** Values of custom fields, read as what their field's type makes of them. */
import type { Json } from '../record/json.ts';
import { type Day, isDay } from './days.ts';

/** The value as text; blank where there is none. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The number, also where an import left it as text; undefined where there is none. */
export function valueNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** The day of a date, without its time if it has one; undefined where it is none. */
export function valueDay(value: Json | undefined): Day | undefined {
  if (typeof value !== 'string') return undefined;
  const day = value.slice(0, 10);
  return isDay(day) && !/^\d/.test(value.slice(10)) ? day : undefined;
}

/** The options that are chosen; those in a text stand between commas, semicolons or line breaks. */
export function valueList(value: Json | undefined): string[] {
  const texts = Array.isArray(value) ? value.map(valueText) : valueText(value).split(/[,;\n]/);
  return texts.map((text) => text.trim()).filter(Boolean);
}
