/** Runs the import processes: one for each look at a file, and one for each import. */
import type { ImportPlan, Inspection } from '../shared/csv/mapping.ts';
import { RemoteError } from '../shared/ipc/rpc.ts';
import { type ImportChild, type ImportProcess, importProcess } from './import/import-client.ts';
import type { KnownFile } from './known-files.ts';

/** What the host needs of Electron; `P` is MessagePortMain. */
export interface ImportRuntime<P> {
  fork(): ImportChild<P>;
  newChannel(): { forProcess: P; forWindow: P };
}

export interface ImportEvents<P> {
  /** The end of an import that the store serves. */
  port(importId: string, port: P): void;
  /** The import came to an end before the file's, other than by being cancelled. */
  failed(importId: string, problem: string): void;
}

export class ImportHost<P> {
  private readonly imports = new Map<string, ImportProcess<P>>();
  private readonly inspections = new Set<ImportProcess<P>>();

  constructor(
    private readonly runtime: ImportRuntime<P>,
    private readonly events: ImportEvents<P>,
  ) {}

  /** @throws RemoteError code `unreadable`, `empty`, `binary`, `spreadsheet` or `crashed` */
  async inspect({ path }: KnownFile): Promise<Inspection> {
    const process = importProcess(this.runtime.fork());
    this.inspections.add(process);
    try {
      return await process.inspect(path);
    } finally {
      this.inspections.delete(process);
      process.close();
    }
  }

  /** Begins an import; how it goes, the store and the `failed` event tell. */
  start(importId: string, { path }: KnownFile, plan: ImportPlan): void {
    if (this.imports.has(importId)) throw new RemoteError('invalid', 'That import is under way');
    const process = importProcess(this.runtime.fork());
    this.imports.set(importId, process);
    const { forProcess, forWindow } = this.runtime.newChannel();
    this.events.port(importId, forWindow);
    void this.follow(importId, process, process.start({ importId, path, plan }, forProcess));
  }

  /** Stops an import; what was taken so far stays. One that has ended needs no stopping. */
  async cancel(importId: string): Promise<void> {
    await this.imports.get(importId)?.cancel();
  }

  /** The window's page is gone, and the store with it: nobody is left to import for. */
  abandon(): void {
    for (const process of [...this.imports.values(), ...this.inspections]) process.close();
    this.imports.clear();
    this.inspections.clear();
  }

  private async follow(
    importId: string,
    process: ImportProcess<P>,
    end: ReturnType<ImportProcess<P>['start']>,
  ): Promise<void> {
    const { stopped, problem } = await end.catch(failure);
    process.close();
    // Abandoned meanwhile: there is no page any more that asked for it.
    if (this.imports.get(importId) !== process) return;
    this.imports.delete(importId);
    if (stopped === 'failed') this.events.failed(importId, problem);
  }
}

function failure(error: unknown) {
  const problem = error instanceof Error ? error.message : String(error);
  return { stopped: 'failed' as const, problem };
}
