/** What has to be done from time to time while the server runs. */
import { deleteExpiredInvitations } from './accounts/invitations.ts';
import { Sessions } from './accounts/sessions.ts';
import type { Database } from './store/database.ts';
import { deleteOldHistories } from './store/histories.ts';
import { Maintenance } from './store/maintenance.ts';

const PURGE_MS = 3600_000;

export interface Upkeep {
  /** To be told of every write. */
  written(rows: number, bytes: number): void;
  stop(): Promise<void>;
}

export function startUpkeep(database: Database, onProblem: (error: unknown) => void): Upkeep {
  // PostgreSQL looks after its tables by itself.
  const tables = database.engine === 'pglite' ? new Maintenance(database, onProblem) : undefined;
  const purge = async () => {
    await new Sessions(database, Date.now).deleteEnded();
    await deleteExpiredInvitations(database, Date.now());
    await deleteOldHistories(database, Date.now());
  };
  const timer = setInterval(() => purge().catch(onProblem), PURGE_MS).unref();
  return {
    written: (rows, bytes) => tables?.written(rows, bytes),
    stop: async () => {
      clearInterval(timer);
      await tables?.stop();
    },
  };
}
