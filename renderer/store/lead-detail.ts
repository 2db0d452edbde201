/** All that the page of a lead shows, from the records that lead to it. */
import type { ConflictActivity } from '../../shared/lead/activity.ts';
import { VIA_PREFIX } from '../../shared/lead/fields.ts';
import { leadOf } from '../../shared/lead/lead.ts';
import { viaSchema } from '../../shared/lead/via.ts';
import { clockMs, clockNode } from '../../shared/record/clock.ts';
import { fieldsOf, type RecordState, shownEntry } from '../../shared/record/record.ts';
import { formerNumbers, shownRecord } from './shown-leads.ts';
import type { LateEdit, LeadConflict, LeadDetail } from './store-contract.ts';

/** Undefined where the records show no lead. */
export function leadDetailOf(
  root: string,
  members: RecordState[],
  conflicts: ConflictActivity[],
  lateEdits: LateEdit[],
): LeadDetail | undefined {
  const record = shownRecord(root, members);
  const row = leadOf(record);
  if (row === undefined) return undefined;
  return {
    row,
    fields: shownFields(record),
    vias: viasOf(record),
    formerNumbers: formerNumbers(root, members),
    conflicts: conflicts.map(leadConflictOf),
    lateEdits,
  };
}

function shownFields(record: RecordState): LeadDetail['fields'] {
  return fieldsOf(record).flatMap((field) => {
    const entry = field.startsWith(VIA_PREFIX) ? undefined : shownEntry(record, field);
    if (entry === undefined) return [];
    const { value, rank, clock } = entry;
    return [{ field, value, rank, at: clockMs(clock), node: clockNode(clock) }];
  });
}

function viasOf(record: RecordState): LeadDetail['vias'] {
  return fieldsOf(record)
    .flatMap((field) => {
      if (!field.startsWith(VIA_PREFIX)) return [];
      const parsed = viaSchema.safeParse(shownEntry(record, field)?.value);
      return parsed.success ? [{ id: field.slice(VIA_PREFIX.length), ...parsed.data }] : [];
    })
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function leadConflictOf(conflict: ConflictActivity): LeadConflict {
  const { id, field, lost, kept, buried, lostBy, keptBy, at, resolution } = conflict;
  return { id, field, lost, kept, buried, lostBy, keptBy, at, resolution };
}
