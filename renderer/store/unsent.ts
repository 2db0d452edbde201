/** Which records have changes that the server has not acknowledged yet. */
import {
  getAssumedMasterState,
  getChangedDocumentsSince,
  getLastCheckpointDoc,
} from 'rxdb/plugins/core';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import type { Clock } from '../../shared/record/clock.ts';
import { recordsEqual } from '../../shared/record/merge.ts';
import { greatestClock, type RecordState } from '../../shared/record/record.ts';
import { toRecord } from './record-store.ts';

export class UnsentRecords {
  /** Greatest clock of each record when it last changed here. */
  private readonly clocks = new Map<string, Clock>();

  /**
   * Greatest clock acknowledged of each record until what an earlier run left is found: that is read
   * while records are sent already, and may miss their acknowledgement.
   */
  private acknowledgedEarly: Map<string, Clock> | undefined;

  get count(): number {
    return this.clocks.size;
  }

  get ids(): string[] {
    return [...this.clocks.keys()];
  }

  changedHere(records: RecordState[]): void {
    for (const record of records) this.clocks.set(record.id, greatestClock(record) ?? '');
  }

  /** The server has these states, or later ones merged with them. */
  acknowledged(records: RecordState[]): void {
    for (const record of records) {
      const changed = this.clocks.get(record.id);
      const acknowledged = greatestClock(record) ?? '';
      if (changed !== undefined && changed <= acknowledged) this.clocks.delete(record.id);
      if (acknowledged > (this.acknowledgedEarly?.get(record.id) ?? '')) {
        this.acknowledgedEarly?.set(record.id, acknowledged);
      }
    }
  }

  /** To be called before a replication starts. */
  expectRecovery(): void {
    this.acknowledgedEarly = new Map();
  }

  /** Finds what an earlier run of the app left unsent. */
  async recover<C>(replication: RxReplicationState<RecordState, C>): Promise<void> {
    const state = replication.internalReplicationState;
    if (!state) return;
    let checkpoint: unknown = await getLastCheckpointDoc(state, 'up');
    for (;;) {
      const page = await getChangedDocumentsSince(state.input.forkInstance, 500, checkpoint);
      const ids = page.documents.map(({ id }) => id);
      const assumed = ids.length > 0 ? await getAssumedMasterState(state, ids) : {};
      this.changedHere(
        page.documents.map(toRecord).filter((record) => {
          const master = assumed[record.id]?.docData;
          if (master && recordsEqual(toRecord(master), record)) return false;
          return (greatestClock(record) ?? '') > (this.acknowledgedEarly?.get(record.id) ?? '');
        }),
      );
      if (page.documents.length < 500) break;
      checkpoint = page.checkpoint;
    }
    this.acknowledgedEarly = undefined;
  }
}
