/** The main process: one per data folder. */
import { File } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import path from 'node:path';
import { app, protocol } from 'electron';
import { settleDataFolder } from './data-folder.ts';
import { SCHEME } from './protocol/asset-path.ts';
import { PRIVILEGES } from './protocol/serve-app.ts';
import { addMissingGlobals } from './runtime-differences.ts';
import { startApp } from './start-app.ts';

const DIST = path.join(__dirname, '..');

// Whoever reads what we print may leave before us; that is no failure.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// Electron would open a dialog for these. The data are the store worker's, which goes on.
process.on('uncaughtException', (error) => console.error('Unexpected:', error));
process.on('unhandledRejection', (reason) => console.error('Unexpected:', reason));

addMissingGlobals(globalThis, { crypto: webcrypto, File });
const dataFolder = settleDataFolder(app);

if (app.requestSingleInstanceLock()) {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: PRIVILEGES }]);
  startApp(dataFolder, DIST).catch((error) => {
    console.error('Satchel could not start:', error);
    app.exit(1);
  });
} else {
  console.error('Satchel is open already with this data folder; its window comes to the front.');
  app.exit(0);
}
