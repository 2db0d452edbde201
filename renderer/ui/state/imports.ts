/** Files on their way in: one at a time, from a look inside to the summary; the others wait. */
import { create } from 'zustand';
import type { ColumnTarget, ImportPlan, Inspection } from '../../../shared/csv/mapping.ts';
import type { FileRef } from '../../../shared/ipc/app-contract.ts';
import type { ImportProgress } from '../../store/store-contract.ts';
import { app } from '../app-client.ts';
import { countOf } from '../format.ts';
import { addSample, type Sample } from '../import/pace.ts';
import { notifyDone, notifyNews, notifyProblem } from '../notify.tsx';
import { type Problem, problemOf } from '../problems.ts';
import { store } from '../store-client.ts';
import { useSession } from './session.ts';

/** What a person chose for the file at hand. */
export interface Choices {
  targets: ColumnTarget[];
  mode: ImportPlan['mode'];
  country: string;
  /** The leads of a file without phone numbers will need one: understood. */
  withoutPhone: boolean;
}

export type ImportStep =
  | { step: 'inspecting'; file: FileRef }
  | {
      step: 'mapping';
      file: FileRef;
      inspection: Inspection;
      choices: Choices;
      starting: boolean;
      problem: string | null;
    }
  | {
      step: 'running';
      importId: string;
      file: FileRef;
      progress: ImportProgress | null;
      samples: Sample[];
      cancelling: boolean;
    }
  | { step: 'finished'; importId: string; file: FileRef; progress: ImportProgress }
  | { step: 'failed'; fileName: string; problem: Problem };

interface Imports {
  current: ImportStep | null;
  /** The dialog is on screen. */
  isOpen: boolean;
  waiting: FileRef[];
}

export const useImports = create<Imports>(() => ({ current: null, isOpen: false, waiting: [] }));

const { getState: get, setState: set } = useImports;

/** Opens the file dialog and takes what was chosen. */
export async function chooseFile(): Promise<void> {
  try {
    const file = await app.call('chooseFile', {});
    if (file) accept(file);
  } catch (error) {
    refuse('', problemOf(error));
  }
}

/** Takes files dropped on the window: the first at once, the others after it. */
export async function takeDroppedFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      accept(await app.dropFile(file));
    } catch (error) {
      refuse(file.name, problemOf(error));
    }
  }
}

function isBusy(): boolean {
  const step = get().current?.step;
  return step === 'inspecting' || step === 'mapping' || step === 'running';
}

function accept(file: FileRef): void {
  if (isBusy()) {
    set(({ waiting }) => ({ waiting: [...waiting, file] }));
    notifyNews(`${file.name} comes next, after the file at hand.`);
  } else {
    void inspect(file);
  }
}

function refuse(fileName: string, problem: Problem): void {
  if (isBusy()) notifyProblem(fileName || 'That file can’t be imported', problem.message);
  else set({ current: { step: 'failed', fileName, problem }, isOpen: true });
}

async function inspect(file: FileRef): Promise<void> {
  set({ current: { step: 'inspecting', file }, isOpen: true });
  const isStill = () => {
    const { current } = get();
    return current?.step === 'inspecting' && current.file.fileId === file.fileId;
  };
  try {
    const inspection = await app.call('inspectFile', { fileId: file.fileId });
    if (!isStill()) return;
    const choices = firstChoices(inspection);
    set({
      current: { step: 'mapping', file, inspection, choices, starting: false, problem: null },
    });
  } catch (error) {
    if (!isStill()) return;
    set({ current: { step: 'failed', fileName: file.name, problem: problemOf(error) } });
  }
}

function firstChoices(inspection: Inspection): Choices {
  return {
    targets: inspection.columns.map(({ suggested }) => suggested),
    mode: 'fillBlanks',
    country: useSession.getState().app?.profile?.country ?? 'US',
    withoutPhone: false,
  };
}

/** Changes what is chosen for the file at hand. */
export function choose(change: Partial<Choices>): void {
  set(({ current }) =>
    current?.step === 'mapping'
      ? { current: { ...current, choices: { ...current.choices, ...change } } }
      : {},
  );
}

/** Sends one column elsewhere. */
export function chooseTarget(index: number, target: ColumnTarget): void {
  const { current } = get();
  if (current?.step !== 'mapping') return;
  choose({ targets: current.choices.targets.map((old, at) => (at === index ? target : old)) });
}

/** Starts reading the file at hand. */
export async function startImport(): Promise<void> {
  const { current } = get();
  if (current?.step !== 'mapping' || current.starting) return;
  const { file, inspection, choices } = current;
  const importId = crypto.randomUUID();
  set({ current: { ...current, starting: true, problem: null } });
  try {
    const { targets, mode, country } = choices;
    const plan = { format: inspection.format, targets, mode, country };
    run(importId, file);
    await app.call('startImport', { importId, fileId: file.fileId, plan });
  } catch (error) {
    const problem = problemOf(error).message;
    set({ current: { ...current, starting: false, problem }, isOpen: true });
  }
}

function run(importId: string, file: FileRef): void {
  set({
    current: { step: 'running', importId, file, progress: null, samples: [], cancelling: false },
  });
}

/** Stops the running import; what was imported so far stays. */
export async function cancelImport(): Promise<void> {
  const { current } = get();
  if (current?.step !== 'running') return;
  set({ current: { ...current, cancelling: true } });
  try {
    await app.call('cancelImport', { importId: current.importId });
  } catch (error) {
    notifyProblem('The import could not be cancelled', problemOf(error).message);
    set(({ current: now }) =>
      now?.step === 'running' ? { current: { ...now, cancelling: false } } : {},
    );
  }
}

/** Shows the dialog again. */
export function showImport(): void {
  set({ isOpen: true });
}

/** Closes the dialog: a running import goes on, anything else ends and the next file comes. */
export function closeImport(): void {
  const { current } = get();
  set({ isOpen: false });
  if (current?.step === 'running') return;
  const [next, ...rest] = get().waiting;
  set({ waiting: rest, ...(next ? {} : { current: null }) });
  if (next) void inspect(next);
}

/** Forgets everything, for another profile. */
export function resetImports(): void {
  set({ current: null, isOpen: false, waiting: [] });
}

function receive(progress: ImportProgress): void {
  const { current, isOpen } = get();
  if (current === null || !('importId' in current)) return;
  if (current.importId !== progress.importId) return;
  const { importId, file } = current;
  if (progress.state !== 'running') {
    set({ current: { step: 'finished', importId, file, progress } });
    if (!isOpen && current.step === 'running') announce(progress);
  } else if (current.step === 'running') {
    const samples = addSample(current.samples, performance.now(), progress);
    set({ current: { ...current, progress, samples } });
  }
}

function announce({ fileName, state, counts, problem }: ImportProgress): void {
  if (state === 'failed') notifyProblem(`${fileName} was not imported completely`, problem);
  else
    notifyDone(
      `${fileName}: ${countOf(counts.created, 'lead')} created, ${countOf(counts.merged, 'lead')} merged`,
    );
}

async function endFailed(importId: string, problem: string): Promise<void> {
  await store.call('endImport', { importId, problem }).catch(() => undefined);
  const { current } = get();
  // A process that ended before its first row is unknown to the store, which then says nothing.
  if (current?.step !== 'running' || current.importId !== importId) return;
  const { file, progress } = current;
  receive({ ...(progress ?? nothingYet(importId, file)), state: 'failed', problem });
}

function nothingYet(importId: string, file: FileRef): ImportProgress {
  return {
    importId,
    fileName: file.name,
    state: 'running',
    bytesRead: 0,
    totalBytes: file.bytes,
    counts: { rows: 0, created: 0, merged: 0, unchanged: 0, skipped: 0, rejected: 0 },
    needsPhone: 0,
    rejected: [],
    problem: '',
  };
}

/** Follows the store's progress and the main process's failures. */
export function followImports(): void {
  store.on('importProgress', receive);
  app.on('importFailed', ({ importId, problem }) => void endFailed(importId, problem));
}
