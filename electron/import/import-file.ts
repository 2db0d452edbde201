/** Reads a file's rows into the store: decoded, parsed, mapped, in batches, at constant memory. */
import { type ColumnFields, columnFields } from '../../shared/csv/columns.ts';
import { csvReader, type ReadRows } from '../../shared/csv/csv-reader.ts';
import { toIntakeRow } from '../../shared/csv/intake-row.ts';
import type { ImportPlan } from '../../shared/csv/mapping.ts';
import type { ImportContract } from '../../shared/ipc/import-contract.ts';
import type { Input } from '../../shared/ipc/rpc.ts';
import { BatchSender } from './batch-sender.ts';
import { decoder } from './encoding.ts';
import { type SourceFile, withFile } from './source-file.ts';

/** The store's side of the import contract. */
export interface ImportSink {
  begin(input: Omit<Input<ImportContract, 'begin'>, 'importId'>): Promise<unknown>;
  rows(input: Input<ImportContract, 'rows'>): Promise<unknown>;
  end(input: Input<ImportContract, 'end'>): Promise<unknown>;
}

/** How reading came to its end: `stopped` is null when it reached that of the file. */
export type ImportEnd = Input<ImportContract, 'end'>;

/** How often the file is checked for changes while it is read. */
const CHECK_BYTES = 8 * 1024 * 1024;

/**
 * Imports a file by a plan. Whatever happens after `begin`, the sink's `end` is told, and so is
 * the caller.
 * @throws ImportError `unreadable` when the file can't be opened, or what `begin` threw
 */
export function importFile(
  path: string,
  plan: ImportPlan,
  sink: ImportSink,
  signal: AbortSignal,
): Promise<ImportEnd> {
  return withFile(path, async (file) => {
    const fields = columnFields(plan.targets);
    await sink.begin({
      fileName: file.name,
      totalBytes: file.bytes,
      mode: plan.mode,
      fields: fields.definitions,
    });
    return tellEnd(sink, await readAll(file, plan, fields, sink, signal));
  });
}

/** A store that failed may fail here too: then the first failure is the news. */
async function tellEnd(sink: ImportSink, end: ImportEnd): Promise<ImportEnd> {
  try {
    await sink.end(end);
    return end;
  } catch (error) {
    return end.stopped === null ? { stopped: 'failed', problem: messageOf(error) } : end;
  }
}

async function readAll(
  file: SourceFile,
  plan: ImportPlan,
  fields: ColumnFields,
  sink: ImportSink,
  signal: AbortSignal,
): Promise<ImportEnd> {
  const sender = new BatchSender((batch) => sink.rows(batch));
  const intake = new Intake(plan, fields, sender, signal);
  try {
    const isDone = await readInto(intake, file, plan);
    if (isDone) await sender.finish(file.bytes);
    await sender.settle();
    return { stopped: isDone ? null : 'cancelled', problem: '' };
  } catch (error) {
    await sender.settle();
    return { stopped: 'failed', problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @returns false if it was cancelled */
async function readInto(
  intake: Intake,
  file: SourceFile,
  { format }: ImportPlan,
): Promise<boolean> {
  const decode = decoder(format.encoding);
  let bytesRead = 0;
  let checked = 0;
  for await (const chunk of file.chunks()) {
    bytesRead += chunk.length;
    if (!(await intake.take(decode.write(chunk), bytesRead))) return false;
    if (bytesRead - checked < CHECK_BYTES) continue;
    checked = bytesRead;
    await file.assertUnchanged();
  }
  await file.assertUnchanged();
  return intake.end(decode.end(), bytesRead);
}

/** Turns text into rows and sends them. */
class Intake {
  private readonly reader;
  private needsHeader: boolean;

  constructor(
    private readonly plan: ImportPlan,
    private readonly fields: ColumnFields,
    private readonly sender: BatchSender,
    private readonly signal: AbortSignal,
  ) {
    this.reader = csvReader(plan.format.delimiter, plan.targets.length);
    this.needsHeader = plan.format.hasHeader;
  }

  /** @returns false if the import was cancelled */
  async take(text: string, bytesRead: number): Promise<boolean> {
    const isGoingOn = await this.send(this.reader.push(text), bytesRead);
    if (isGoingOn) await this.sender.report(bytesRead);
    return isGoingOn;
  }

  async end(text: string, bytesRead: number): Promise<boolean> {
    return (await this.take(text, bytesRead)) && (await this.send(this.reader.end(), bytesRead));
  }

  private async send({ rows, rejected }: ReadRows, bytesRead: number): Promise<boolean> {
    for (const row of rejected) {
      this.sender.add({ kind: 'rejected', ...row });
      if (this.sender.isFull && !(await this.flush(bytesRead))) return false;
    }
    for (const { cells, line } of rows) {
      const outcome = toIntakeRow(cells, line, this.plan, this.fields);
      if (this.isHeader(outcome.kind === 'blank')) continue;
      this.sender.add(outcome);
      if (this.sender.isFull && !(await this.flush(bytesRead))) return false;
    }
    return !this.signal.aborted;
  }

  /** The first row that is not blank. */
  private isHeader(isBlank: boolean): boolean {
    if (!this.needsHeader || isBlank) return false;
    this.needsHeader = false;
    return true;
  }

  private async flush(bytesRead: number): Promise<boolean> {
    if (this.signal.aborted) return false;
    await this.sender.flush(bytesRead);
    return !this.signal.aborted;
  }
}
