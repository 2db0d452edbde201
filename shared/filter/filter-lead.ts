/** What of a lead's record filters look at. */
import { VIA_PREFIX } from '../lead/fields.ts';
import { type Lead, leadOf } from '../lead/lead.ts';
import { type Via, viaSchema } from '../lead/via.ts';
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
  const sources = new Set<Via['source']>();
  const intakes: string[] = [];
  const tags: string[] = [];
  for (const field of fieldsOf(record)) {
    if (field.startsWith(VIA_PREFIX)) {
      const via = viaSchema.safeParse(shownValue(record, field));
      if (!via.success) continue;
      sources.add(via.data.source);
      intakes.push(field.slice(VIA_PREFIX.length));
    } else if (field.startsWith(TAG_PREFIX) && isSet(shownValue(record, field))) {
      tags.push(field.slice(TAG_PREFIX.length));
    }
  }
  return { ...lead, sources: [...sources], intakes, tags };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}
