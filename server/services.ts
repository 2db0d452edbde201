/** What the routes work with. */
import type { ClockSource } from '../shared/record/clock.ts';
import type { Passwords } from './accounts/passwords.ts';
import type { Sessions } from './accounts/sessions.ts';
import type { Database } from './store/database.ts';
import type { ChangeFeed } from './sync/changes.ts';
import type { Hints } from './sync/hints.ts';
import type { Nodes } from './sync/nodes.ts';

export interface Services {
  database: Database;
  sessions: Sessions;
  passwords: Passwords;
  changes: ChangeFeed;
  nodes: Nodes;
  hints: Hints;
  /** Clocks of what the server itself writes. */
  clock: ClockSource;
  /** ms since 1970 */
  now: () => number;
  /** Told how many records were written, and how much text that was. */
  written: (rows: number, bytes: number) => void;
}
