/** What the title bar says about sync, in few words and in many. */
import type { SyncStatus } from '../../store/store-contract.ts';
import { timeOfDay } from '../dates.ts';
import { countOf } from '../format.ts';

export type SyncTone = 'calm' | 'busy' | 'quiet' | 'warning' | 'danger';

export interface SyncWords {
  /** In the title bar. */
  short: string;
  title: string;
  detail: string;
  tone: SyncTone;
}

/** What makes one status differ from another at a glance. */
export function shownStatus(status: SyncStatus): string {
  return 'waiting' in status ? `${status.state} ${status.waiting > 0}` : status.state;
}

/** A status in words. */
export function syncWords(status: SyncStatus, timeZone: string): SyncWords {
  switch (status.state) {
    case 'alone':
      return {
        short: 'On this laptop',
        title: 'Everything is on this laptop',
        detail: 'Create or join a team to share your leads and keep a copy on its server.',
        tone: 'quiet',
      };
    case 'synced':
      return {
        short: 'Synced',
        title: 'Everything is synced',
        detail: `Every change is on the team server. Last synced at ${timeOfDay(status.at, timeZone)}.`,
        tone: 'calm',
      };
    case 'syncing':
      return {
        short: withWaiting('Syncing', status.waiting),
        title: 'Syncing with the team',
        detail: waitingDetail(status.waiting, 'You can go on working.'),
        tone: 'busy',
      };
    case 'offline':
      return {
        short: withWaiting('Offline', status.waiting),
        title: 'The team server is out of reach',
        detail: [
          status.detail,
          waitingDetail(status.waiting, 'Go on working: Satchel syncs as soon as it can.'),
        ].join('\n'),
        tone: 'warning',
      };
    case 'signed-out':
      return {
        short: withWaiting('Signed out', status.waiting),
        title: 'You are signed out',
        detail: [
          status.detail,
          waitingDetail(status.waiting, 'Sign in to sync again. Your work stays on this laptop.'),
        ].join('\n'),
        tone: 'warning',
      };
    case 'outdated':
      return {
        short: withWaiting('Update needed', status.waiting),
        title: 'App and team server do not fit together',
        detail: [
          status.detail,
          waitingDetail(status.waiting, 'Go on working: your changes are sent after the update.'),
        ].join('\n'),
        tone: 'warning',
      };
    case 'revoked':
      return {
        short: 'Access withdrawn',
        title: 'This device may not sync with the team any more',
        detail: status.detail,
        tone: 'danger',
      };
    case 'problem':
      return {
        short: withWaiting('Sync problem', status.waiting),
        title: 'Sync needs your attention',
        detail: [status.detail, waitingDetail(status.waiting, '')].join('\n'),
        tone: 'danger',
      };
  }
}

function withWaiting(word: string, waiting: number): string {
  return waiting > 0 ? `${word} · ${countOf(waiting, 'change')} waiting` : word;
}

function waitingDetail(waiting: number, advice: string): string {
  if (waiting === 0) return advice;
  const isOne = waiting === 1;
  const count = `${countOf(waiting, 'change')} ${isOne ? 'is' : 'are'} on this laptop only.`;
  return `${count} ${advice}`.trim();
}
