/** Who is signed in: bearer tokens, where they come from and how long they last. */
import type { Session } from '../../shared/protocol/accounts.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { Hints } from '../sync/hints.ts';
import { newToken, secretHash } from './secrets.ts';

const DAY = 24 * 3600_000;
export const SESSION_IDLE_MS = 90 * DAY;
/** How long another process may not notice that a session was revoked here. */
const CACHE_MS = 30_000;
const CACHE_SIZE = 10_000;
/** How long devices that were revoked, or whose member was deactivated, can be told so. */
const REVOKED_KEPT_MS = 400 * DAY;
/** How exactly the last use is kept. */
const LAST_USED_STEP_MS = 3600_000;

/** The session of a request. */
export interface SignedIn {
  /** Hash of the token, which names the session. */
  session: string;
  team: Session['team'];
  member: Session['member'];
}

/**
 * `revoked` by another device, or by the member's deactivation: what the device holds must go.
 * `unknown` also where it expired, or was signed out by itself.
 */
export type Verdict = SignedIn | 'revoked' | 'unknown';

/** A session, or all of a member's. */
export type Ended = { session: string } | { member: string };

export class Sessions {
  private readonly cache = new Map<string, { signedIn: SignedIn; until: number }>();
  private readonly listeners = new Set<(ended: Ended) => void>();
  private revocations = 0;

  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {}

  /** Begins a session and gives out its token. */
  async start(tx: Queryable, member: string, device: string): Promise<string> {
    const token = newToken();
    await tx.query(
      'INSERT INTO sessions (token, member, device, created, last_used) VALUES ($1, $2, $3, $4, $4)',
      [secretHash(token), member, device, this.now()],
    );
    return token;
  }

  /** Who holds the token, if anybody may. */
  verify(token: string): Promise<Verdict> {
    return this.verifySession(secretHash(token));
  }

  /** As {@link verify}, by the session's name. */
  async verifySession(session: string): Promise<Verdict> {
    const cached = this.cache.get(session);
    if (cached !== undefined && cached.until > this.now()) return cached.signedIn;
    this.cache.delete(session);
    const revocations = this.revocations;
    const verdict = await this.read(session);
    // One that was revoked while we read must not come back by the cache.
    if (typeof verdict !== 'string' && revocations === this.revocations) this.remember(verdict);
    return verdict;
  }

  /** @param hints tells other processes */
  async revoke(session: string, { remotely }: { remotely: boolean }, hints: Hints): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE sessions SET revoked = $2, revoked_remotely = $3
         WHERE token = $1 AND revoked IS NULL`,
        [session, this.now(), remotely],
      );
      await hints.send(tx, { session });
    });
    this.forget({ session });
  }

  /** To be called when sessions ended, by whatever process: asks the database again about them. */
  forget(ended: Ended): void {
    this.revocations++;
    for (const { signedIn } of this.cache.values()) {
      if (isAmong(ended, signedIn)) this.cache.delete(signedIn.session);
    }
    for (const listener of this.listeners) listener(ended);
  }

  /** Calls back when the session may have ended. @returns a function that stops listening */
  onEnded(signedIn: SignedIn, listener: () => void): () => void {
    const whenAmong = (ended: Ended) => {
      if (isAmong(ended, signedIn)) listener();
    };
    this.listeners.add(whenAmong);
    return () => this.listeners.delete(whenAmong);
  }

  /** Forgets sessions that nobody can use again, and that nobody has to be told of any more. */
  async deleteEnded(): Promise<void> {
    await this.database.query(
      `DELETE FROM sessions s USING members m
       WHERE m.id = s.member AND s.last_used < $1
         AND coalesce(CASE WHEN s.revoked_remotely THEN s.revoked END, 0) < $2
         AND coalesce(m.deactivated, 0) < $2`,
      [this.now() - SESSION_IDLE_MS, this.now() - REVOKED_KEPT_MS],
    );
  }

  private remember(signedIn: SignedIn): void {
    const oldest = this.cache.size >= CACHE_SIZE ? this.cache.keys().next().value : undefined;
    if (oldest !== undefined) this.cache.delete(oldest);
    this.cache.set(signedIn.session, { signedIn, until: this.now() + CACHE_MS });
  }

  private async read(session: string): Promise<Verdict> {
    const [row] = await this.database.query<SessionRow>(
      `SELECT s.last_used, s.revoked, s.revoked_remotely, m.deactivated,
         t.id AS team_id, t.name AS team_name,
         m.id AS member_id, m.name AS member_name, m.email, m.role
       FROM sessions s JOIN members m ON m.id = s.member JOIN teams t ON t.id = m.team
       WHERE s.token = $1`,
      [session],
    );
    if (row === undefined) return 'unknown';
    if (row.deactivated !== null || row.revoked_remotely) return 'revoked';
    if (row.revoked !== null || row.last_used < this.now() - SESSION_IDLE_MS) return 'unknown';
    await this.noteUse(session, row.last_used);
    const { team_id, team_name, member_id, member_name, email, role } = row;
    return {
      session,
      team: { id: team_id, name: team_name },
      member: { id: member_id, name: member_name, email, role },
    };
  }

  private async noteUse(session: string, lastUsed: number): Promise<void> {
    if (this.now() - lastUsed < LAST_USED_STEP_MS) return;
    await this.database.query('UPDATE sessions SET last_used = $2 WHERE token = $1', [
      session,
      this.now(),
    ]);
  }
}

function isAmong(ended: Ended, { session, member }: SignedIn): boolean {
  return 'session' in ended ? ended.session === session : ended.member === member.id;
}

interface SessionRow {
  last_used: number;
  revoked: number | null;
  revoked_remotely: boolean;
  deactivated: number | null;
  team_id: string;
  team_name: string;
  member_id: string;
  member_name: string;
  email: string;
  role: Session['member']['role'];
}
