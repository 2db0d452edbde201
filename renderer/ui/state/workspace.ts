/** Stages, fields and members: what shapes the table besides the leads. */
import { create } from 'zustand';
import type { Workspace } from '../../store/store-contract.ts';
import { store } from '../store-client.ts';

const EMPTY: Workspace = { stages: [], fields: [], members: [], country: 'US', timeZone: 'UTC' };

/** The workspace of the open store. */
export const useWorkspace = create<Workspace>(() => EMPTY);

/** Asks the store for it anew. */
export async function loadWorkspace(): Promise<void> {
  useWorkspace.setState(await store.call('workspace', {}));
}

/** Loads it whenever it changed. */
export function followWorkspace(): void {
  store.on('workspaceChanged', () => void loadWorkspace().catch(() => undefined));
}
