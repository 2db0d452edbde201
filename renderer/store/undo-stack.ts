/** The changes made in one store that can be undone or redone, kept through restarts. */
import type { Clock } from '../../shared/record/clock.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import type { DeviceStore, StoredOperation } from './device-store.ts';
import {
  type Operation,
  operationSchema,
  type RecordChange,
  type RestoredIn,
  withRestored,
} from './operations.ts';
import { withClocks } from './restamp.ts';

const MAX_OPERATIONS = 200;

export type Stack = StoredOperation['stack'];

export class UndoStack {
  /** One thing after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly device: DeviceStore,
    private readonly store: string,
  ) {}

  /** A new change; what was undone before can no longer be redone. */
  add(operation: Operation): Promise<void> {
    return this.inTurn(async () => {
      await this.of('redo').delete();
      await this.put('undo', operation);
    });
  }

  /** The latest operation of a stack is handed over, and what becomes of it put on the other. */
  take(
    from: Stack,
    use: (operation: Operation) => Promise<{ inverse: Operation; restored: RestoredIn[] }>,
  ): Promise<Operation | undefined> {
    return this.inTurn(async () => {
      const latest = await this.of(from).last();
      if (latest?.id === undefined) return undefined;
      const parsed = operationSchema.safeParse(latest.operation);
      const used = parsed.success ? await use(parsed.data) : undefined;
      await this.device.operations.delete(latest.id);
      if (!used) return undefined;
      const { inverse, restored } = used;
      await this.rewrite((change) => withRestored(change, restored));
      await this.put(from === 'undo' ? 'redo' : 'undo', inverse);
      return parsed.data;
    });
  }

  /** Clocks that were stamped again are other clocks here too. */
  restamp(replaced: ReadonlyMap<Clock, Clock>): Promise<void> {
    return this.inTurn(() => this.rewrite((change) => restamped(change, replaced)));
  }

  /** Resolves when all that was added is on disk. */
  async settle(): Promise<void> {
    await this.queue;
  }

  private async rewrite(rewritten: (change: RecordChange) => RecordChange): Promise<void> {
    const stored = await this.device.operations.where({ store: this.store }).toArray();
    const rows = stored.flatMap((row) => {
      const { success, data } = operationSchema.safeParse(row.operation);
      if (!success) return [];
      return [{ ...row, operation: { ...data, changes: data.changes.map(rewritten) } }];
    });
    await this.device.operations.bulkPut(rows);
  }

  private async put(stack: Stack, operation: Operation): Promise<void> {
    await this.device.operations.add({ store: this.store, stack, operation });
    const count = await this.of(stack).count();
    if (count <= MAX_OPERATIONS) return;
    const oldest = await this.of(stack)
      .limit(count - MAX_OPERATIONS)
      .primaryKeys();
    await this.device.operations.bulkDelete(oldest);
  }

  private of(stack: Stack) {
    return this.device.operations.where({ store: this.store, stack });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.queue.then(work);
    this.queue = run.catch(() => undefined);
    return run;
  }
}

function restamped(change: RecordChange, replaced: ReadonlyMap<Clock, Clock>): RecordChange {
  if (change.kind === 'written') {
    const written = change.written.map((entry) => {
      const clock = replaced.get(entry.clock) ?? entry.clock;
      if (entry.replaced === undefined) return { ...entry, clock };
      return { ...entry, clock, replaced: replaced.get(entry.replaced) ?? entry.replaced };
    });
    return { ...change, written };
  }
  if (change.kind === 'restored') return change;
  return { ...change, former: withClocks(change.former, replaced, byTimeAloneIn('leads')) };
}
