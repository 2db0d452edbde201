/** Whose data the window shows, and the way from one profile to another. */
import { create } from 'zustand';
import type { AppState, Profile, Withdrawn } from '../../../shared/ipc/app-contract.ts';
import { app } from '../app-client.ts';
import { countOf } from '../format.ts';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { store } from '../store-client.ts';
import { bringPending } from './adoption.ts';
import { reloadLeads, resetLeads } from './leads.ts';
import { loadSyncStatus } from './sync.ts';
import { loadWorkspace } from './workspace.ts';

export type Phase = 'starting' | 'welcome' | 'opening' | 'open' | 'failed';

interface Session {
  phase: Phase;
  app: AppState | null;
  /** With phase `failed`: what happened. */
  problem: string;
  /** Working alone, and on the way to a team: the welcome screen shows above the open store. */
  choosingTeam: boolean;
  /** Signed out of a team whose leads are open: the password is being asked. */
  signingIn: boolean;
}

export const useSession = create<Session>(() => ({
  phase: 'starting',
  app: null,
  problem: '',
  choosingTeam: false,
  signingIn: false,
}));

let openedStore: string | undefined;
let wasSignedIn = false;
let entering: Promise<void> = Promise.resolve();

/** The profile on show, or null. */
export function useProfile(): Profile | null {
  return useSession((session) => session.app?.profile ?? null);
}

/** Shows what the main process says is the state of things. One change at a time, in order. */
export function enter(state: AppState): Promise<void> {
  entering = entering.then(() => show(state));
  return entering;
}

/** Asks the main process where things stand; also the way out of a failure. */
export async function start(): Promise<void> {
  useSession.setState({ phase: 'starting', problem: '' });
  try {
    await enter(await app.call('appState', {}));
  } catch (error) {
    fail(error);
  }
}

/** Shows a failure that leaves nothing to work with. */
export function fail(error: unknown): void {
  useSession.setState({ phase: 'failed', problem: problemOf(error).message });
}

async function show(state: AppState): Promise<void> {
  useSession.setState({ app: state });
  const { profile } = state;
  for (const withdrawn of state.withdrawn) await letGo(withdrawn);
  if (profile === null) {
    openedStore = undefined;
    wasSignedIn = false;
    resetLeads();
    useSession.setState({ phase: 'welcome', choosingTeam: false, signingIn: false });
    return;
  }
  try {
    await openStore(profile, state.installation);
    useSession.setState({ phase: 'open', choosingTeam: false });
  } catch (error) {
    openedStore = undefined;
    fail(error);
  }
}

/** Deletes what is here of a team that this device has no access to any more, and says so. */
async function letGo({ store: name, team }: Withdrawn): Promise<void> {
  try {
    const { unsent } = await store.call('deleteStore', { store: name });
    if (openedStore === name) openedStore = undefined;
    useSession.setState({ app: await app.call('storeDeleted', { store: name }) });
    const lost = unsent ? ` ${countOf(unsent, 'change')} that had not been sent went with it.` : '';
    notifyProblem(
      `You no longer have access to ${team}`,
      `An admin withdrew the access of this device, so its copy of the team’s leads was deleted.${lost} Ask an admin for an invitation if that was a mistake.`,
    );
  } catch (error) {
    // Asked again at the next start, until it is done.
    notifyProblem(`The data of ${team} could not be deleted`, problemOf(error).message);
  }
}

async function openStore(profile: Profile, installation: string): Promise<void> {
  const isNew = profile.store !== openedStore;
  if (isNew) await openNewStore(profile, installation);
  const isSignedIn = profile.kind === 'team' && profile.signedIn;
  if (profile.kind === 'team' && (isNew || (isSignedIn && !wasSignedIn))) {
    await app.call('connectSync', {});
  }
  if (isSignedIn) useSession.setState({ signingIn: false });
  wasSignedIn = isSignedIn;
  if (isNew) void bringPending(profile.store);
}

async function openNewStore(profile: Profile, installation: string): Promise<void> {
  useSession.setState({ phase: 'opening' });
  resetLeads();
  await store.call('open', {
    store: profile.store,
    replicated: profile.kind === 'team',
    country: profile.country,
    timeZone: profile.timeZone,
    installation,
  });
  openedStore = profile.store;
  reloadLeads();
  await Promise.all([loadWorkspace(), loadSyncStatus()]);
}

/** Ends the session at the server; what is on this laptop stays. */
export async function signOut(): Promise<void> {
  await enter(await app.call('signOut', {}));
}
