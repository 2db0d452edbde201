/** Wires the window to the other processes, then asks where things stand. */
import { app } from './app-client.ts';
import { followUndoKeys } from './state/changes.ts';
import { followLeads } from './state/follow-leads.ts';
import { followImports } from './state/imports.ts';
import { followOpenLead } from './state/open-lead.ts';
import { enter, fail, start } from './state/session.ts';
import { followStorage } from './state/storage.ts';
import { followSync } from './state/sync.ts';
import { followWorkspace } from './state/workspace.ts';
import { forwardPorts, onStoreCrash, store } from './store-client.ts';

async function settle(): Promise<void> {
  await store.call('settle', {}).catch(() => undefined);
  await app.call('settled', {});
}

/** To be called once. */
export function begin(): void {
  forwardPorts();
  followLeads();
  followOpenLead();
  followUndoKeys();
  followWorkspace();
  followSync();
  followImports();
  followStorage();
  onStoreCrash(() => fail(new Error('The part of Satchel that keeps your leads has stopped.')));
  app.on('appState', (state) => void enter(state));
  app.on('quitting', () => void settle());
  void start();
}
