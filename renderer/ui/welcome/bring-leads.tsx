/** The offer to bring along the leads made alone. */
import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppState } from '../../../shared/ipc/app-contract.ts';
import { countOf, formatCount } from '../format.ts';
import { bringPending, wishToBring } from '../state/adoption.ts';
import { enter, useSession } from '../state/session.ts';
import { store } from '../store-client.ts';

interface Bringing {
  /** The store they are in; null without one. */
  from: string | null;
  count: number;
  wanted: boolean;
  want(wanted: boolean): void;
  /** Opens the team of the answer and brings the leads, if wanted. */
  proceed(state: AppState): Promise<void>;
}

/** Counts the leads made alone, and brings them into the team once it is open. */
export function useBringing(): Bringing {
  const from = useSession((session) => session.app?.aloneStore ?? null);
  const isOpen = useSession((session) => session.app?.profile?.kind === 'alone');
  const [count, setCount] = useState(0);
  const [wanted, want] = useState(true);
  useEffect(() => {
    if (from !== null) void countLeads(from, isOpen).then(setCount, () => setCount(0));
  }, [from, isOpen]);
  const proceed = async (state: AppState) => {
    const into = state.profile?.kind === 'team' ? state.profile.store : null;
    const brings = wanted && count > 0 && from !== null && into !== null;
    if (brings) wishToBring({ from, into });
    await enter(state);
    if (brings) void bringPending(into);
  };
  return { from, count, wanted, want, proceed };
}

async function countLeads(from: string, isOpen: boolean): Promise<number> {
  if (!isOpen) return store.call('countLeads', { store: from });
  const page = await store.call('query', { sort: [], page: 0, pageSize: 1 });
  return page.total;
}

/** Nothing, unless there are such leads. */
export function BringLeads({ bringing }: { bringing: Bringing }) {
  const { count, wanted, want } = bringing;
  if (count === 0) return null;
  const label =
    count === 1
      ? 'Bring my lead into the team'
      : `Bring my ${formatCount(count)} leads into the team`;
  return (
    <Checkbox
      checked={wanted}
      onChange={(event) => want(event.currentTarget.checked)}
      label={label}
      description={`${countOf(count, 'lead')} you made working alone; the same number becomes one lead.`}
    />
  );
}
