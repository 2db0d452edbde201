/** How a lead came in: its via entries, one for each intake that brought it. */
import { z } from 'zod';
import { fieldsOf, type RecordState, shownValue } from '../record/record.ts';
import { VIA_PREFIX } from './fields.ts';

export const SOURCES = ['chat', 'broadcast', 'form', 'import', 'webhook'] as const;
export const viaSchema = z.object({
  source: z.enum(SOURCES),
  /** ms since 1970 */
  at: z.number(),
  stage: z.string(),
  assignee: z.string().nullable(),
});
/** How and when a lead came in, with the stage and assignee it has until somebody sets them. */
export type Via = z.infer<typeof viaSchema>;

/** Whether something brought the lead in: without it, a record is not shown as a lead. */
export function hasVia(record: RecordState): boolean {
  return earliestVia(record) !== undefined;
}

/** The earliest intake that was not withdrawn; of two at once, the one with the lesser id. */
export function earliestVia(record: RecordState): Via | undefined {
  let earliest: Via | undefined;
  for (const field of fieldsOf(record).sort()) {
    if (!field.startsWith(VIA_PREFIX)) continue;
    const parsed = viaSchema.safeParse(shownValue(record, field));
    if (parsed.success && (earliest === undefined || parsed.data.at < earliest.at)) {
      earliest = parsed.data;
    }
  }
  return earliest;
}
