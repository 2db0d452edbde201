/** Whether the laptop is running out of room for leads. */
import { create } from 'zustand';
import { store } from '../store-client.ts';

interface Storage {
  /** What is wrong and what to do; null when nothing is. */
  problem: string | null;
}

export const useStorage = create<Storage>(() => ({ problem: null }));

/** Takes the warning off the screen until the next one. */
export function dismissStorageProblem(): void {
  useStorage.setState({ problem: null });
}

/** Follows the store's warnings. */
export function followStorage(): void {
  store.on('storageProblem', ({ detail }) => useStorage.setState({ problem: detail }));
}
