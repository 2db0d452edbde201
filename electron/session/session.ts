/** Who works here: profiles, signing in and out. Tokens stay on this side. */
import type { z } from 'zod';
import type { AppState, appContract, Profile } from '../../shared/ipc/app-contract.ts';
import { RemoteError } from '../../shared/ipc/rpc.ts';
import { parseInvitation, type Session as SessionAnswer } from '../../shared/protocol/accounts.ts';
import { isWebAddress } from '../../shared/protocol/addresses.ts';
import type { Account } from '../sync/sync-service.ts';
import type { Accounts } from './accounts.ts';
import {
  type Profiles,
  type ProfilesFile,
  profileOf,
  type TeamProfile,
  withProfile,
} from './profiles-file.ts';
import { ALONE_STORE, normalServer, teamStore } from './store-name.ts';
import type { TokenFile } from './token-file.ts';

type Given<M extends keyof typeof appContract.methods> = z.output<
  (typeof appContract.methods)[M]['input']
>;

/** What a session needs from its surroundings. */
export interface Surroundings {
  accounts: Accounts;
  profiles: ProfilesFile;
  tokens: TokenFile;
  /** What the laptop is called in the list of sessions. */
  device: string;
  country: string;
  timeZone: string;
  /** Given on the command line, '' otherwise. */
  serverHint: string;
  installation: string;
  version: string;
  /** The profile or its right to sync changed, by whatever. */
  onChange(): void;
}

export class Session {
  private profiles: Profiles;

  constructor(private readonly around: Surroundings) {
    this.profiles = around.profiles.read();
    this.noticeLostToken();
  }

  /** What the window may know. */
  state(): AppState {
    const { serverHint, installation, version } = this.around;
    const alone = this.profiles.profiles.find(({ kind }) => kind === 'alone');
    return {
      profile: this.profile ?? null,
      aloneStore: alone?.store ?? null,
      withdrawn: this.profiles.withdrawn,
      serverHint: serverHint || this.profiles.lastServer,
      installation,
      version,
    };
  }

  /** What the current profile syncs as; undefined while working alone or with no profile. */
  account(): Account | undefined {
    if (this.profile?.kind !== 'team') return undefined;
    const { store, server, signedIn } = this.profile;
    return { store, server, token: signedIn ? this.around.tokens.get(store) : undefined };
  }

  workAlone(): AppState {
    const { country, timeZone } = this.around;
    const known = profileOf(this.profiles, ALONE_STORE);
    return this.enter(known ?? { kind: 'alone', store: ALONE_STORE, country, timeZone });
  }

  async createTeam({ server: address, ...team }: Given<'createTeam'>): Promise<AppState> {
    const { accounts, country, timeZone, device } = this.around;
    const server = serverAt(address);
    const answer = await accounts.createTeam(server, { ...team, country, timeZone, device });
    return this.enterTeam(server, answer);
  }

  async joinTeam({ invitation, ...member }: Given<'joinTeam'>): Promise<AppState> {
    const parsed = parseInvitation(invitation);
    if (!parsed) {
      const what = 'That is no invitation: paste the whole link, with what follows the #';
      throw new RemoteError('invitation-invalid', what);
    }
    const server = serverAt(parsed.server);
    const { accounts, device } = this.around;
    const answer = await accounts.joinTeam(server, { ...member, code: parsed.code, device });
    return this.enterTeam(server, answer);
  }

  async signIn({ server: address, ...member }: Given<'signIn'>): Promise<AppState> {
    const server = serverAt(address);
    const { accounts, device } = this.around;
    return this.enterTeam(server, await accounts.signIn(server, { ...member, device }));
  }

  /** Back to the welcome screen at once; the server hears of it if it can be reached. */
  signOut(): AppState {
    const account = this.account();
    if (account) this.forgetToken(account);
    this.save({ ...this.profiles, current: null });
    return this.state();
  }

  async invite(): Promise<{ invitation: string; expiresAt: number }> {
    const account = this.account();
    if (account?.token === undefined) {
      throw new RemoteError('unauthorized', 'Sign in to a team to invite somebody');
    }
    const { server, token } = account;
    try {
      return await this.around.accounts.invite({ server, token });
    } catch (error) {
      if (error instanceof RemoteError && error.code === 'unauthorized') this.refused(account);
      throw error;
    }
  }

  /**
   * The server no longer takes the account's token: the work goes on, unsynced.
   * @returns whether that was news: a token from before a new sign-in is nobody's loss
   */
  refused({ store, token }: Account): boolean {
    const profile = profileOf(this.profiles, store);
    if (profile?.kind !== 'team' || !profile.signedIn) return false;
    if (token !== this.around.tokens.get(store)) return false;
    this.around.tokens.remove(store);
    this.save(withProfile(this.profiles, { ...profile, signedIn: false }));
    return true;
  }

  /**
   * The device was revoked, or its member deactivated: the profile and its token are forgotten at
   * once, and the window is told to delete the data. @returns whether that was news
   */
  revoked({ store, token }: Account): boolean {
    const profile = profileOf(this.profiles, store);
    if (profile?.kind !== 'team' || token !== this.around.tokens.get(store)) return false;
    this.around.tokens.remove(store);
    const { profiles, current, withdrawn } = this.profiles;
    this.save({
      ...this.profiles,
      profiles: profiles.filter((other) => other !== profile),
      current: current === store ? null : current,
      withdrawn: [
        ...withdrawn.filter((other) => other.store !== store),
        { store, team: profile.team.name },
      ],
    });
    return true;
  }

  storeDeleted(store: string): AppState {
    const withdrawn = this.profiles.withdrawn.filter((other) => other.store !== store);
    this.save({ ...this.profiles, withdrawn });
    return this.state();
  }

  private get profile(): Profile | undefined {
    return profileOf(this.profiles, this.profiles.current);
  }

  private enterTeam(server: string, { token, team, member }: SessionAnswer): AppState {
    const store = teamStore(server, team.id, member.id);
    const { tokens, country, timeZone } = this.around;
    const known = profileOf(this.profiles, store);
    const place = known
      ? { country: known.country, timeZone: known.timeZone }
      : { country, timeZone };
    tokens.set(store, token);
    const profile: TeamProfile = {
      ...{ kind: 'team', store, server, team, member, signedIn: true },
      ...place,
    };
    // Whoever has access again keeps what is still there.
    const withdrawn = this.profiles.withdrawn.filter((other) => other.store !== store);
    this.profiles = { ...this.profiles, lastServer: server, withdrawn };
    return this.enter(profile);
  }

  private enter(profile: Profile): AppState {
    this.save({ ...withProfile(this.profiles, profile), current: profile.store });
    return this.state();
  }

  private forgetToken({ store, server, token }: Account): void {
    this.around.tokens.remove(store);
    const profile = profileOf(this.profiles, store);
    if (profile?.kind === 'team') {
      this.profiles = withProfile(this.profiles, { ...profile, signedIn: false });
    }
    if (token === undefined) return;
    // Offline, the token lives on at the server until it expires; nobody has it any more.
    this.around.accounts.signOut({ server, token }).catch(() => {});
  }

  /** A keyring that was reset, or a folder from another laptop: the token can't be read. */
  private noticeLostToken(): void {
    const { profile } = this;
    if (profile?.kind !== 'team' || !profile.signedIn) return;
    if (this.around.tokens.get(profile.store) !== undefined) return;
    this.profiles = withProfile(this.profiles, { ...profile, signedIn: false });
  }

  private save(profiles: Profiles): void {
    this.around.profiles.write(profiles);
    this.profiles = profiles;
    this.around.onChange();
  }
}

function serverAt(address: string): string {
  if (isWebAddress(address)) return normalServer(address);
  throw new RemoteError('invalid', 'A server address begins with https:// or http://');
}
