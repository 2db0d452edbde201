/** What a search looks through: all that the table shows of a lead as text, in folded lines. */
import { dayText } from '../../shared/filter/created-range.ts';
import { isDay } from '../../shared/filter/days.ts';
import { searchLines } from '../../shared/filter/search.ts';
import { valueText } from '../../shared/filter/values.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import type { Json } from '../../shared/record/json.ts';

/** Without the names of stage and assignee, which change by themselves. */
export function searchText({ key, name, phone, extension, state, custom }: Lead): string {
  const lines = key.startsWith('+') && phone !== key ? [name, key, phone] : [name, phone];
  if (extension !== '') lines.push(`ext. ${extension}`);
  if (state.reason) lines.push(state.reason);
  for (const id of Object.keys(custom)) {
    const text = shownText(custom[id]);
    if (text !== '') lines.push(text);
  }
  return searchLines(lines.join('\n')).join('\n');
}

/** A date is found as it is stored and as it is shown. Ticks of checkboxes are no text. */
function shownText(value: Json | undefined): string {
  if (typeof value === 'boolean') return '';
  if (typeof value === 'string' && isDay(value)) return `${value}\n${dayText(value)}`;
  return valueText(value);
}
