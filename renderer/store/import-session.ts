/** One import: rows become changes of records, and every row is counted once. */
import type { RejectedRow } from '../../shared/ipc/import-contract.ts';
import {
  applyIntake,
  type Intake,
  type IntakeOutcome,
  type IntakeRow,
} from '../../shared/lead/intake.ts';
import { NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { RecordStore } from './record-store.ts';
import type { ImportCounts, ImportProgress } from './store-contract.ts';

/** Rejected rows that are kept to be shown; all are counted. */
const MAX_SHOWN_REJECTED = 1000;

export interface ImportFile {
  importId: string;
  fileName: string;
  totalBytes: number;
}

export class ImportSession {
  private readonly counts: ImportCounts = {
    rows: 0,
    created: 0,
    merged: 0,
    unchanged: 0,
    skipped: 0,
    rejected: 0,
  };
  private readonly seen = new Set<string>();
  private readonly rejected: RejectedRow[] = [];
  private state: ImportProgress['state'] = 'running';
  private problem = '';
  private bytesRead = 0;
  private needsPhone = 0;

  constructor(
    private readonly file: ImportFile,
    private readonly intake: Intake,
    private readonly leads: RecordStore,
    private readonly node: string,
  ) {}

  get progress(): ImportProgress {
    return {
      ...this.file,
      state: this.state,
      bytesRead: this.bytesRead,
      counts: { ...this.counts },
      needsPhone: this.needsPhone,
      rejected: this.running ? [] : [...this.rejected],
      problem: this.problem,
    };
  }

  get running(): boolean {
    return this.state === 'running';
  }

  /**
   * Stores the next rows and counts them. @throws StorageError when they could not be written: then
   * none of them was, and none is counted
   */
  async add(batch: {
    rows: IntakeRow[];
    rejected: RejectedRow[];
    blank: number;
    bytesRead: number;
  }): Promise<void> {
    const outcomes = await this.store(batch.rows);
    for (const outcome of outcomes) this.counts[outcome]++;
    this.counts.skipped += batch.blank;
    this.counts.rejected += batch.rejected.length;
    this.counts.rows += outcomes.length + batch.blank + batch.rejected.length;
    this.rejected.push(
      ...batch.rejected.slice(0, Math.max(0, MAX_SHOWN_REJECTED - this.rejected.length)),
    );
    this.bytesRead = batch.bytesRead;
  }

  /** Ends the import; a second end changes nothing. */
  end(stopped: 'cancelled' | 'failed' | null, problem: string): void {
    if (!this.running) return;
    this.state = stopped ?? 'done';
    this.problem = problem;
    if (stopped === null) this.bytesRead = this.file.totalBytes;
  }

  private async store(rows: IntakeRow[]): Promise<IntakeOutcome[]> {
    const byKey = groupByKey(rows);
    const outcomes = new Map<string, IntakeOutcome[]>();
    const decide = (key: string, current: RecordState | undefined): RecordState | undefined => {
      const decided = this.applyRows(byKey.get(key) ?? [], current, this.seen.has(key));
      outcomes.set(key, decided.outcomes);
      return decided.record;
    };
    await this.leads.update([...byKey.keys()], decide);
    for (const [key, keyRows] of byKey) {
      if (key.startsWith(NO_PHONE_PREFIX)) this.needsPhone += keyRows.length;
      this.seen.add(key);
    }
    return [...outcomes.values()].flat();
  }

  /** Rows of one key, in file order; `record` is undefined where they changed nothing. */
  private applyRows(
    rows: IntakeRow[],
    current: RecordState | undefined,
    seenBefore: boolean,
  ): { record: RecordState | undefined; outcomes: IntakeOutcome[] } {
    let record = current;
    let seen = seenBefore;
    const outcomes = rows.map((row) => {
      const applied = applyIntake(record, row, this.intake, seen, this.node);
      if (applied.outcome === 'created' || applied.outcome === 'merged') record = applied.record;
      seen = true;
      return applied.outcome;
    });
    return { record: record === current ? undefined : record, outcomes };
  }
}

function groupByKey(rows: IntakeRow[]): Map<string, IntakeRow[]> {
  const byKey = new Map<string, IntakeRow[]>();
  for (const row of rows) {
    const group = byKey.get(row.key);
    if (group) group.push(row);
    else byKey.set(row.key, [row]);
  }
  return byKey;
}
