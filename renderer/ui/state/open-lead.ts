/** The lead whose page is open beside the table. */
import { create } from 'zustand';
import type { LeadDetail } from '../../store/store-contract.ts';
import { problemOf } from '../problems.ts';
import { store } from '../store-client.ts';
import { createRefreshLoop } from './refresh-loop.ts';

const MIN_GAP_MS = 250;

interface OpenLead {
  /** The key that was asked for; null while no page is open. */
  key: string | null;
  /** null until it came, and where there is no such lead any more. */
  detail: LeadDetail | null;
  /** The lead was looked for and is not there. */
  isGone: boolean;
  problem: string | null;
}

const CLOSED: OpenLead = { key: null, detail: null, isGone: false, problem: null };

export const useOpenLead = create<OpenLead>(() => CLOSED);

const loop = createRefreshLoop(async () => {
  const { key } = useOpenLead.getState();
  if (key === null) return;
  try {
    const detail = await store.call('lead', { key });
    if (useOpenLead.getState().key !== key) return loop.now();
    useOpenLead.setState({ detail, isGone: detail === null, problem: null });
  } catch (error) {
    useOpenLead.setState({ problem: problemOf(error).message });
  }
}, MIN_GAP_MS);

/** Opens the page of a lead. */
export function openLead(key: string): void {
  if (useOpenLead.getState().key !== key) useOpenLead.setState({ ...CLOSED, key });
  loop.now();
}

export function closeLead(): void {
  useOpenLead.setState(CLOSED);
}

/** Asks again whenever leads or their activities changed. */
export function followOpenLead(): void {
  store.on('leadsChanged', () => loop.request());
}
