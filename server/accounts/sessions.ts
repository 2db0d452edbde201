/** Who is signed in: bearer tokens, where they come from and how long they last. */
import type { Session } from '../../shared/protocol/accounts.ts';
import type { Database, Queryable } from '../store/database.ts';
import { newToken, secretHash } from './secrets.ts';

const DAY = 24 * 3600_000;
export const SESSION_IDLE_MS = 90 * DAY;
/** How long another process may not notice that a session was revoked here. */
const CACHE_MS = 30_000;
const CACHE_SIZE = 10_000;
/** How exactly the last use is kept. */
const LAST_USED_STEP_MS = 3600_000;

/** The session of a request. */
export interface SignedIn {
  /** Hash of the token, which names the session. */
  session: string;
  team: Session['team'];
  member: Session['member'];
}

export class Sessions {
  private readonly cache = new Map<string, { signedIn: SignedIn; until: number }>();
  private readonly revocationListeners = new Set<(session: string) => void>();
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

  /** Who holds the token; undefined where it is unknown, expired or revoked. */
  verify(token: string): Promise<SignedIn | undefined> {
    return this.verifySession(secretHash(token));
  }

  /** As {@link verify}, by the session's name. */
  async verifySession(session: string): Promise<SignedIn | undefined> {
    const cached = this.cache.get(session);
    if (cached !== undefined && cached.until > this.now()) return cached.signedIn;
    this.cache.delete(session);
    const revocations = this.revocations;
    const signedIn = await this.read(session);
    // One that was revoked while we read must not come back by the cache.
    if (signedIn !== undefined && revocations === this.revocations) this.remember(signedIn);
    return signedIn;
  }

  async revoke(session: string): Promise<void> {
    await this.database.query(
      'UPDATE sessions SET revoked = $2 WHERE token = $1 AND revoked IS NULL',
      [session, this.now()],
    );
    this.revocations++;
    this.cache.delete(session);
    for (const listener of this.revocationListeners) listener(session);
  }

  /** @returns a function that stops listening */
  onRevoked(listener: (session: string) => void): () => void {
    this.revocationListeners.add(listener);
    return () => this.revocationListeners.delete(listener);
  }

  /** Forgets sessions that nobody can use again. */
  async deleteEnded(): Promise<void> {
    await this.database.query('DELETE FROM sessions WHERE last_used < $1', [
      this.now() - SESSION_IDLE_MS,
    ]);
  }

  private remember(signedIn: SignedIn): void {
    const oldest = this.cache.size >= CACHE_SIZE ? this.cache.keys().next().value : undefined;
    if (oldest !== undefined) this.cache.delete(oldest);
    this.cache.set(signedIn.session, { signedIn, until: this.now() + CACHE_MS });
  }

  private async read(session: string): Promise<SignedIn | undefined> {
    const [row] = await this.database.query<SessionRow>(
      `SELECT s.last_used, t.id AS team_id, t.name AS team_name,
         m.id AS member_id, m.name AS member_name, m.email, m.role
       FROM sessions s JOIN members m ON m.id = s.member JOIN teams t ON t.id = m.team
       WHERE s.token = $1 AND s.revoked IS NULL AND s.last_used >= $2`,
      [session, this.now() - SESSION_IDLE_MS],
    );
    if (row === undefined) return undefined;
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

interface SessionRow {
  last_used: number;
  team_id: string;
  team_name: string;
  member_id: string;
  member_name: string;
  email: string;
  role: Session['member']['role'];
}
