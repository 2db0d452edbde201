/** Collects rows and hands them to the store in batches, a few at a time. */
import type { RowOutcome } from '../../shared/csv/intake-row.ts';
import type { ImportContract, RejectedRow } from '../../shared/ipc/import-contract.ts';
import type { Input } from '../../shared/ipc/rpc.ts';
import type { IntakeRow } from '../../shared/lead/intake.ts';

export type Batch = Input<ImportContract, 'rows'>;

export const BATCH_ROWS = 500;
const MAX_UNDER_WAY = 2;
/** So much read without anything to send is worth a sign of life. */
const SILENT_BYTES = 4 * 1024 * 1024;

export class BatchSender {
  private rows: IntakeRow[] = [];
  private rejected: RejectedRow[] = [];
  private blank = 0;
  private sentBytes = 0;
  private readonly underWay = new Set<Promise<void>>();
  private failure: { error: unknown } | undefined;

  constructor(private readonly send: (batch: Batch) => Promise<unknown>) {}

  /** Takes what became of a row. */
  add(outcome: RowOutcome): void {
    if (outcome.kind === 'row') this.rows.push(outcome.row);
    else if (outcome.kind === 'rejected') {
      this.rejected.push({ line: outcome.line, reason: outcome.reason });
    } else this.blank++;
  }

  get isFull(): boolean {
    return this.rows.length + this.rejected.length >= BATCH_ROWS;
  }

  /** Sends what was collected if there is reason to. @throws what an earlier batch met */
  async report(bytesRead: number): Promise<void> {
    if (bytesRead - this.sentBytes >= SILENT_BYTES) await this.flush(bytesRead);
  }

  /** Sends what was collected, waiting for its turn. @throws what an earlier batch met */
  async flush(bytesRead: number): Promise<void> {
    while (this.underWay.size >= MAX_UNDER_WAY) await Promise.race(this.underWay);
    this.assertWell();
    const batch = { rows: this.rows, rejected: this.rejected, blank: this.blank, bytesRead };
    this.rows = [];
    this.rejected = [];
    this.blank = 0;
    this.sentBytes = bytesRead;
    const call: Promise<void> = this.send(batch)
      .then(
        () => undefined,
        (error: unknown) => {
          this.failure ??= { error };
        },
      )
      .finally(() => this.underWay.delete(call));
    this.underWay.add(call);
  }

  /** Sends the rest, and resolves when the store has everything. @throws what a batch met */
  async finish(bytesRead: number): Promise<void> {
    const isDue = this.rows.length > 0 || this.rejected.length > 0 || this.blank > 0;
    if (isDue) await this.flush(bytesRead);
    await this.settle();
    this.assertWell();
  }

  /** Resolves when nothing is under way any more, however it went. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private assertWell(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
