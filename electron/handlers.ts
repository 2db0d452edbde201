/** What each method of the app contract does. */
import { clipboard, MessageChannelMain, type MessagePortMain } from 'electron';
import type { AppContract } from '../shared/ipc/app-contract.ts';
import { mainPort } from '../shared/ipc/ports.ts';
import type { Handlers } from '../shared/ipc/rpc.ts';
import { chooseFile } from './choose-file.ts';
import type { ImportHost } from './import-host.ts';
import type { KnownFiles } from './known-files.ts';
import type { Quitting } from './quitting.ts';
import type { Session } from './session/session.ts';
import type { SyncHost } from './sync/sync-host.ts';
import type { MainWindow } from './window/main-window.ts';

export interface Parts {
  session: Session;
  sync: SyncHost;
  files: KnownFiles;
  imports: ImportHost<MessagePortMain>;
  quitting: Quitting;
  window: MainWindow;
}

export function appHandlers(parts: Parts): Handlers<AppContract> {
  const { session, imports, files, quitting } = parts;
  return {
    appState: async () => {
      // From here on the page has a store to settle.
      quitting.expectAnswer();
      return session.state();
    },
    workAlone: async () => session.workAlone(),
    createTeam: (input) => session.createTeam(input),
    joinTeam: (input) => session.joinTeam(input),
    signIn: (input) => session.signIn(input),
    signOut: async () => session.signOut(),
    storeDeleted: async ({ store }) => session.storeDeleted(store),
    invite: () => session.invite(),

    connectSync: async () => connectSync(parts),

    chooseFile: async () => {
      const path = await chooseFile(parts.window.window);
      return path === undefined ? null : files.register(path);
    },
    registerDroppedFile: ({ path }) => files.register(path),
    inspectFile: ({ fileId }) => imports.inspect(files.get(fileId)),
    startImport: async ({ importId, fileId, plan }) => {
      imports.start(importId, files.get(fileId), plan);
      return {};
    },
    cancelImport: async ({ importId }) => {
      await imports.cancel(importId);
      return {};
    },
    settled: async () => {
      quitting.settled();
      return {};
    },
    copyText: async ({ text }) => {
      clipboard.writeText(text);
      return {};
    },
  };
}

/** A new channel each time: the window may have a new store worker. */
function connectSync({ sync, window }: Parts): Record<string, never> {
  const { port1, port2 } = new MessageChannelMain();
  const store = sync.attach(mainPort(port1));
  window.postPort({ satchelPort: 'sync', store }, port2);
  return {};
}
