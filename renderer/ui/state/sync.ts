/** How the open store stands with the team server. */
import { create } from 'zustand';
import type { SyncStatus } from '../../store/store-contract.ts';
import { store } from '../store-client.ts';
import { shownStatus } from './sync-words.ts';

/** A status must last this long before it replaces a calmer one: a flicker tells nothing. */
const SETTLE_MS = 500;

interface Sync {
  status: SyncStatus;
  /** When `status` last came: details like the time of the last sync are as of then. */
  refreshing: boolean;
}

export const useSync = create<Sync>(() => ({ status: { state: 'alone' }, refreshing: false }));

let timer: ReturnType<typeof setTimeout> | undefined;
let latest: SyncStatus | undefined;

function receive(status: SyncStatus): void {
  latest = status;
  const { status: shown } = useSync.getState();
  if (shownStatus(shown) !== shownStatus(status) && status.state !== 'syncing') show();
  else timer ??= setTimeout(show, SETTLE_MS);
}

function show(): void {
  clearTimeout(timer);
  timer = undefined;
  if (latest) useSync.setState({ status: latest });
}

/** Asks the store once; later changes come as events. */
export async function loadSyncStatus(): Promise<void> {
  latest = await store.call('syncStatus', {});
  show();
}

/** Follows the store's events. */
export function followSync(): void {
  store.on('syncStatus', receive);
}

/** Pulls and pushes now. */
export async function syncNow(): Promise<void> {
  useSync.setState({ refreshing: true });
  try {
    await store.call('refresh', {});
  } finally {
    useSync.setState({ refreshing: false });
  }
}
