/** Where the app keeps its data. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

const SWITCH = 'user-data-dir';

/**
 * Honours `--user-data-dir=DIR`, before or after the app's own path. Chromium does so by itself;
 * this makes sure of it, and has to run before anything asks for the folder.
 * @returns the folder
 */
export function settleDataFolder(app: App): string {
  const wanted = app.commandLine.getSwitchValue(SWITCH);
  if (wanted !== '' && app.getPath('userData') !== path.resolve(wanted)) {
    mkdirSync(path.resolve(wanted), { recursive: true });
    app.setPath('userData', path.resolve(wanted));
    app.setPath('sessionData', path.resolve(wanted));
  }
  const folder = app.getPath('userData');
  mkdirSync(folder, { recursive: true });
  return folder;
}
