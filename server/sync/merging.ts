/** Merges what was sent into what is stored, row by row, and finds the conflicts in it. */
import type { PushRow, Refusal } from '../../shared/protocol/sync.ts';
import { clockMs } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import { type Conflict, findConflicts } from '../../shared/record/conflicts.ts';
import {
  type ByTimeAlone,
  changedFields,
  mergeRecords,
  recordsEqual,
} from '../../shared/record/merge.ts';
import {
  emptyRecord,
  fieldsOf,
  greatestClock,
  MAX_FIELDS,
  RANKS,
  type RecordState,
} from '../../shared/record/record.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Change } from './permissions.ts';
import { receivedFrom, withReceived } from './received.ts';

export interface Rules {
  collection: CollectionName;
  /** ms since 1970: clocks beyond are refused. */
  clockLimit: number;
  /** Why the member may not change the record so. */
  prohibit(id: string, change: Change): string | undefined;
}

/** What becomes of one record in a push. */
export interface Merged {
  before: StoredRecord;
  after: StoredRecord;
  /** What was taken of it, as it was sent. */
  sent: RecordState[];
  conflicts: Conflict[];
}

/**
 * Rows are judged in order, also those of one record, as if each had come by itself.
 * @param stored the records that there are
 */
export function mergeRows(
  rows: readonly PushRow[],
  stored: ReadonlyMap<string, StoredRecord>,
  rules: Rules,
): { merged: Merged[]; refused: Refusal[] } {
  const merged = new Map<string, Merged>();
  const refused: Refusal[] = [];
  for (const row of rows) {
    const { id } = row.record;
    const before = merged.get(id) ?? untouched(stored.get(id) ?? nothingOf(id));
    const result = mergeRow(before, row, rules);
    if ('code' in result) refused.push(result);
    else merged.set(id, result);
  }
  return { merged: [...merged.values()], refused };
}

function mergeRow(before: Merged, { record, base }: PushRow, rules: Rules): Merged | Refusal {
  const byTimeAlone = byTimeAloneIn(rules.collection);
  const { body, received } = before.after;
  const after = mergeRecords(body, record, byTimeAlone);
  const refusal = refusalOf(record, body, after, rules);
  if (refusal !== undefined) return { id: record.id, ...refusal };
  return {
    before: before.before,
    after: { body: after, received: withReceived(received, record, byTimeAlone) },
    sent: [...before.sent, record],
    conflicts: [...before.conflicts, ...conflictsOf(before.after, { record, base }, rules)],
  };
}

/** Activities are written once: nobody changes what another one did. */
function conflictsOf(
  { body, received }: StoredRecord,
  { record, base }: PushRow,
  { collection }: Rules,
): Conflict[] {
  if (collection === 'activities') return [];
  const byTimeAlone: ByTimeAlone = byTimeAloneIn(collection);
  return findConflicts(
    body,
    record,
    base,
    (node, field) => receivedFrom(received, node, field),
    byTimeAlone,
  );
}

function refusalOf(
  sent: RecordState,
  before: RecordState,
  after: RecordState,
  { clockLimit, prohibit }: Rules,
): Pick<Refusal, 'code' | 'message'> | undefined {
  const greatest = greatestClock(sent);
  if (greatest !== undefined && clockMs(greatest) > clockLimit) {
    return { code: 'clock', message: 'The clock of this computer is ahead of the team server’s.' };
  }
  if (recordsEqual(before, after)) return undefined;
  const prohibited = prohibit(after.id, changeOf(before, after));
  if (prohibited !== undefined) return { code: 'forbidden', message: prohibited };
  // Nobody could read it any more.
  if (RANKS.some((rank) => Object.keys(after[rank].values).length > MAX_FIELDS)) {
    return { code: 'invalid', message: 'This record would hold too many fields.' };
  }
  return undefined;
}

function changeOf(before: RecordState, after: RecordState): Change {
  if (before.died !== after.died) return 'values';
  if (fieldsOf(before).length === 0) return 'new';
  return changedFields(before, after).length > 0 ? 'values' : 'clocks';
}

function untouched(record: StoredRecord): Merged {
  return { before: record, after: record, sent: [], conflicts: [] };
}

function nothingOf(id: string): StoredRecord {
  return { body: emptyRecord(id), received: {} };
}
