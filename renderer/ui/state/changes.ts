/** Changes that people make, by one way to the store, each with a notice that offers to undo it. */
import type { Command, CommandResult, UndoResult } from '../../store/store-contract.ts';
import { countOf } from '../format.ts';
import { notifyDone, notifyNews, notifyProblem, notifyUndoable } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { store } from '../store-client.ts';

/**
 * Carries out a command.
 * @param done what to say once it is done; undefined says nothing
 * @returns undefined where it was refused, which is said
 */
export async function change(command: Command, done?: string): Promise<CommandResult | undefined> {
  try {
    const result = await store.call('apply', command);
    if (done !== undefined) notifyUndoable(done, () => void undo());
    return result;
  } catch (error) {
    notifyProblem('The change was not saved', problemOf(error).message);
    return undefined;
  }
}

/** Takes back the last change made on this laptop. */
export function undo(): Promise<void> {
  return step('undo', 'Nothing to undo', (label) => `Undone: ${label}`);
}

/** Makes the change again that was undone last. */
export function redo(): Promise<void> {
  return step('redo', 'Nothing to redo', (label) => `Done again: ${label}`);
}

async function step(
  method: 'undo' | 'redo',
  nothing: string,
  words: (label: string) => string,
): Promise<void> {
  try {
    const result = await store.call(method, {});
    if (result === null) notifyNews(nothing);
    else notifyDone(words(result.label) + othersSince(result));
  } catch (error) {
    notifyProblem(`Could not ${method}`, problemOf(error).message);
  }
}

function othersSince(result: NonNullable<UndoResult>): string {
  if (result.kept === 0) return '';
  return `. ${countOf(result.kept, 'value')} changed since then ${result.kept === 1 ? 'stays' : 'stay'}.`;
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), except in a text that has an undo of its own. */
export function followUndoKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !isRedo) return;
    event.preventDefault();
    void (isRedo ? redo() : undo());
  });
}

/** Whether keys go into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
  );
}
