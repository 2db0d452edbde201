/** Push: what a laptop has is merged into what the server has, in one transaction. */
import type { PushResponse, Refusal } from '../../shared/protocol/sync.ts';
import { MAX_CLOCK_DRIFT_MS } from '../../shared/record/clock.ts';
import { byTimeAloneIn, type CollectionName } from '../../shared/record/collections.ts';
import {
  type ByTimeAlone,
  changedFields,
  mergeRecords,
  recordsEqual,
} from '../../shared/record/merge.ts';
import {
  emptyRecord,
  fieldsOf,
  MAX_FIELDS,
  RANKS,
  type RecordState,
} from '../../shared/record/record.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import type { Services } from '../services.ts';
import { lockRecords, takeChangeNumbers, writeRecords } from '../store/records.ts';
import { type Change, prohibition } from './permissions.ts';
import { readPushRows, type SentRecord } from './rows.ts';

/** @param body the request, not yet parsed */
export async function push(
  services: Services,
  { team, member }: SignedIn,
  collection: CollectionName,
  body: unknown,
): Promise<PushResponse> {
  const byTimeAlone = byTimeAloneIn(collection);
  const clockLimit = () => services.now() + MAX_CLOCK_DRIFT_MS;
  const { records, refused } = readPushRows(body, byTimeAlone);
  if (records.size === 0)
    return { merged: [], refused, clockLimit: clockLimit(), serverTime: services.now() };

  const place = { team: team.id, collection };
  const { outcome, written } = await services.database.transaction(async (tx) => {
    const first = await takeChangeNumbers(tx, team.id, records.size);
    const existing = await lockRecords(tx, place, [...records.keys()]);
    const outcome = mergeAll(records, existing, byTimeAlone, (id, change) =>
      prohibition(member.role, collection, id, change),
    );
    if (outcome.changed.length > 0) {
      return { outcome, written: await writeRecords(tx, place, outcome.changed, first) };
    }
    // A push that changes nothing leaves no trace, not even a change number.
    tx.undo();
    return { outcome, written: undefined };
  });
  if (written !== undefined) {
    services.changes.announce(team.id, { collection, seq: written.last });
    services.written(outcome.changed.length, written.bytes);
  }
  return {
    merged: outcome.merged,
    refused: [...refused, ...outcome.refused],
    clockLimit: clockLimit(),
    serverTime: services.now(),
  };
}

interface Outcome {
  /** To be written. */
  changed: RecordState[];
  /** To be answered. */
  merged: RecordState[];
  refused: Refusal[];
}

type Prohibit = (id: string, change: Change) => string | undefined;

function mergeAll(
  records: ReadonlyMap<string, SentRecord>,
  existing: ReadonlyMap<string, RecordState>,
  byTimeAlone: ByTimeAlone,
  prohibit: Prohibit,
): Outcome {
  const outcome: Outcome = { changed: [], merged: [], refused: [] };
  for (const [id, { sent, state }] of records) {
    const before = existing.get(id) ?? emptyRecord(id);
    const after = mergeRecords(before, state, byTimeAlone);
    if (!recordsEqual(before, after)) {
      const refusal = refusalOf(before, after, prohibit);
      if (refusal !== undefined) {
        outcome.refused.push({ id, ...refusal });
        continue;
      }
      outcome.changed.push(after);
    }
    if (!sent.every((record) => recordsEqual(record, after))) outcome.merged.push(after);
  }
  return outcome;
}

function refusalOf(
  before: RecordState,
  after: RecordState,
  prohibit: Prohibit,
): Pick<Refusal, 'code' | 'message'> | undefined {
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
