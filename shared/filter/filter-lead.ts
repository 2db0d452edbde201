/** What of a lead's record filters look at. */
import { VIA_PREFIX } from '../lead/fields.ts';
import { type Lead, leadOf } from '../lead/lead.ts';
import { SOURCES, type Via } from '../lead/via.ts';
import type { Json } from '../record/json.ts';
import { fieldsOf, type RecordState, shownValue } from '../record/record.ts';

export const TAG_PREFIX = 'tag/';

/** A lead with what is not shown in a column of its own. */
export interface FilterLead extends Lead {
  /** How it came in: each way once. */
  sources: readonly Via['source'][];
  /** Ids of the imports, chats and forms that brought it in. */
  intakes: readonly string[];
  /** Ids of its tags. */
  tags: readonly string[];
}

/** The lead a record shows, or undefined where nothing brought it in. */
export function filterLeadOf(record: RecordState): FilterLead | undefined {
  const lead = leadOf(record);
  if (lead === undefined) return undefined;
  const sources: Via['source'][] = [];
  const intakes: string[] = [];
  const tags: string[] = [];
  for (const field of fieldsOf(record)) {
    if (field.startsWith(VIA_PREFIX)) {
      const source = sourceOf(shownValue(record, field));
      if (source === undefined) continue;
      intakes.push(field.slice(VIA_PREFIX.length));
      if (!sources.includes(source)) sources.push(source);
    } else if (field.startsWith(TAG_PREFIX) && isSet(shownValue(record, field))) {
      tags.push(field.slice(TAG_PREFIX.length));
    }
  }
  return Object.assign(lead, { sources, intakes, tags });
}

/** Not by its whole schema: this runs for every lead when the app starts. */
function sourceOf(via: Json | undefined): Via['source'] | undefined {
  if (via === null || typeof via !== 'object' || Array.isArray(via)) return undefined;
  return SOURCES.find((source) => source === via.source);
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
