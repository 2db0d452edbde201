/**
 * Histories: which course of changes a checkpoint counts in. Each start of a server begins one for
 * each team. A database that was put back from a backup does not know the changes made since, nor
 * the histories; the start after it ends the history of the backup at the backup's last change. So
 * a checkpoint is good that is not beyond the end of its history.
 */
import { z } from 'zod';
import type { Database, Queryable, Transaction } from './database.ts';
import type { Place } from './records.ts';

const DAY = 24 * 3600_000;
/** Laptops that come back after longer begin anew. */
export const HISTORY_MS = 400 * DAY;

/** Begins one for every team; to be called at each start, before anything is read or written. */
export function beginHistories(database: Database, now: number): Promise<void> {
  return database.transaction(async (tx) => {
    // Nobody writes meanwhile, or a change could be beyond the end of the history it was told in.
    const teams = await tx.query<{ id: string }>('SELECT id FROM teams ORDER BY id FOR UPDATE');
    await insert(
      tx,
      teams.map(({ id }) => id),
      now,
    );
  });
}

/** Begins a new team's first one. */
export async function beginHistory(tx: Transaction, team: string, now: number): Promise<void> {
  await insert(tx, [team], now);
}

async function insert(tx: Transaction, teams: string[], now: number): Promise<void> {
  await tx.query(
    `INSERT INTO histories (team, began, created)
     SELECT id, seq, $2::bigint FROM teams WHERE id = ANY($1::uuid[])`,
    [teams, now],
  );
}

/** Forgets those that are long over. */
export async function deleteOldHistories(database: Queryable, now: number): Promise<void> {
  await database.query(
    `DELETE FROM histories WHERE created < $1 AND EXISTS (
       SELECT FROM histories later
       WHERE later.team = histories.team AND later.number > histories.number
     )`,
    [now - HISTORY_MS],
  );
}

/** What a client saw last. */
export interface Checkpoint {
  history: string;
  seq: number;
}

/** A page of changes; `records` is the text of a JSON array. */
export interface ChangesPage extends Checkpoint {
  records: string;
}

/**
 * Records after a checkpoint, in change order. All is read at one moment, so that the history is
 * the one that the change numbers belong to.
 * @returns undefined where the checkpoint is of a course of changes that this database did not take
 */
export async function readChanges(
  database: Queryable,
  { team, collection }: Place,
  since: Checkpoint,
  limit: number,
): Promise<ChangesPage | undefined> {
  const [row] = await database.query<PageRow>(
    `WITH known AS (SELECT number FROM histories WHERE team = $1 AND id = $5::uuid)
     SELECT records, checkpoint,
       (SELECT id::text FROM histories WHERE team = $1 ORDER BY number DESC LIMIT 1) AS history,
       (SELECT count(*) FROM known) AS known,
       least(
         (SELECT seq FROM teams WHERE id = $1),
         (SELECT min(began) FROM histories
          WHERE team = $1 AND number > (SELECT number FROM known))
       ) AS last
     FROM (
       SELECT json_agg(body ORDER BY seq)::text AS records, max(seq) AS checkpoint
       FROM (
         SELECT seq, body FROM records
         WHERE team = $1 AND collection = $2 AND seq > $3::bigint
         ORDER BY seq LIMIT $4::int
       ) page
     ) changes`,
    [team, collection, since.seq, limit, isId(since.history) ? since.history : null],
  );
  if (row === undefined) throw new Error('no page');
  if (since.seq > 0 && (row.known === 0 || since.seq > row.last)) return undefined;
  return {
    records: row.records ?? '[]',
    seq: row.checkpoint ?? since.seq,
    history: row.history ?? '',
  };
}

/** Whatever came from outside may be named a history. */
function isId(text: string): boolean {
  return z.guid().safeParse(text).success;
}

interface PageRow {
  records: string | null;
  checkpoint: number | null;
  history: string | null;
  known: number;
  /** The last change number that a checkpoint of the known history may have. */
  last: number;
}
