/** A page that crashed is loaded again, and one that hangs can be. */
import { type BrowserWindow, dialog } from 'electron';
import { ReloadLimit } from './reload-limit.ts';

const SAFE = 'Your leads are safe on this laptop.';

export interface RecoveryActions {
  /** The page is gone, and with it whoever was to answer. */
  onGone(): void;
  /** Whether the app is on its way out: then nothing is worth reloading. */
  isQuitting(): boolean;
  quit(): void;
}

export function recoverFromCrashes(window: BrowserWindow, actions: RecoveryActions): void {
  const limit = new ReloadLimit();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    actions.onGone();
    if (reason === 'clean-exit' || actions.isQuitting() || window.isDestroyed()) return;
    console.error(`The window's process ended: ${reason}`);
    if (limit.allow()) window.webContents.reload();
    else void askAfterCrashes(window, limit, actions);
  });
  offerReloadWhenHung(window);
}

async function askAfterCrashes(
  window: BrowserWindow,
  limit: ReloadLimit,
  actions: RecoveryActions,
): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Satchel’s window keeps stopping',
    detail: `${SAFE} Try again, or quit and open Satchel later.`,
    buttons: ['Try again', 'Quit'],
    cancelId: 0,
  });
  limit.reset();
  if (response === 1) actions.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}

function offerReloadWhenHung(window: BrowserWindow): void {
  let question: AbortController | undefined;
  window.on('responsive', () => question?.abort());
  window.on('unresponsive', async () => {
    if (question || !window.isVisible()) return;
    question = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Satchel is not answering',
      detail: `${SAFE} It may just be busy.`,
      buttons: ['Wait', 'Reload'],
      cancelId: 0,
      signal: question.signal,
    });
    question = undefined;
    if (response === 1 && !window.isDestroyed()) {
      // A hung page does not hear a reload: its process has to end first.
      window.webContents.forcefullyCrashRenderer();
    }
  });
}
