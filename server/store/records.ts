/** The table of records: read in change order, written in bulk. */

import type { Clock } from '../../shared/record/clock.ts';
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { Queryable, Transaction } from './database.ts';

/** One collection of one team. */
export interface Place {
  team: string;
  collection: CollectionName;
}

/** A record as the table holds it. */
export interface StoredRecord {
  body: RecordState;
  /** By node and field, the greatest clock that came from there; see sync/received.ts. */
  received: Record<string, Clock>;
}

/**
 * Takes `count` change numbers, and with them the right to write the team's records until the
 * transaction ends: this orders the commits of a team. Must be its first statement.
 * @returns the first of them, and the time of the greatest clock the team's laptops sent
 */
export async function takeChangeNumbers(
  tx: Transaction,
  team: string,
  count: number,
): Promise<{ first: number; clockMs: number }> {
  const [row] = await tx.query<{ seq: number; clock_ms: number }>(
    'UPDATE teams SET seq = seq + $2::bigint WHERE id = $1 RETURNING seq, clock_ms',
    [team, count],
  );
  if (row === undefined) throw new Error('the team is gone');
  return { first: row.seq - count + 1, clockMs: row.clock_ms };
}

/** Of the greatest clock that was taken from the team's laptops, the time. */
export async function readClockMs(database: Queryable, team: string): Promise<number> {
  const [row] = await database.query<{ clock_ms: number }>(
    'SELECT clock_ms FROM teams WHERE id = $1',
    [team],
  );
  return row?.clock_ms ?? 0;
}

export async function writeClockMs(tx: Transaction, team: string, ms: number): Promise<void> {
  await tx.query('UPDATE teams SET clock_ms = $2 WHERE id = $1', [team, ms]);
}

/** The records with these ids that there are, kept from others until the transaction ends. */
export async function lockRecords(
  tx: Transaction,
  { team, collection }: Place,
  ids: readonly string[],
): Promise<Map<string, StoredRecord>> {
  const rows = await tx.query<StoredRecord>(
    `SELECT body, received FROM records
     WHERE team = $1 AND collection = $2 AND id = ANY($3::text[])
     ORDER BY id FOR UPDATE`,
    [team, collection, [...ids].sort()],
  );
  return new Map(rows.map((row) => [row.body.id, row]));
}

/**
 * Writes records, each with a change number of its own, from `first` on.
 * @returns the last change number and how much was written
 */
export async function writeRecords(
  tx: Transaction,
  { team, collection }: Place,
  records: readonly StoredRecord[],
  first: number,
): Promise<{ last: number; bytes: number }> {
  const rows = JSON.stringify(
    records.map(({ body, received }, index) => ({
      id: body.id,
      seq: first + index,
      body,
      received,
    })),
  );
  await tx.query(
    `INSERT INTO records (team, collection, id, seq, body, received)
     SELECT $1::uuid, $2::text, id, seq, body, received
     FROM jsonb_to_recordset($3::jsonb) AS row (id text, seq bigint, body jsonb, received jsonb)
     ON CONFLICT (team, collection, id) DO UPDATE
     SET seq = excluded.seq, body = excluded.body, received = excluded.received`,
    [team, collection, rows],
  );
  return { last: first + records.length - 1, bytes: rows.length };
}

/** Notes what was received for records that stay as they are: no change for anybody to pull. */
export async function writeReceived(
  tx: Transaction,
  { team, collection }: Place,
  records: readonly StoredRecord[],
): Promise<void> {
  const rows = records.map(({ body, received }) => ({ id: body.id, received }));
  await tx.query(
    `UPDATE records SET received = row.received
     FROM jsonb_to_recordset($3::jsonb) AS row (id text, received jsonb)
     WHERE team = $1::uuid AND collection = $2::text AND records.id = row.id`,
    [team, collection, JSON.stringify(rows)],
  );
}

/** The last change number of a team: it moves with every change, whatever the collection. */
export async function changeNumbers(
  database: Queryable,
  teams: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.query<{ id: string; seq: number }>(
    'SELECT id, seq FROM teams WHERE id = ANY($1::uuid[])',
    [teams],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** The last change number in each of the team's collections that has any. */
export async function lastChanges(
  database: Queryable,
  team: string,
  collections: readonly CollectionName[],
): Promise<{ collection: CollectionName; seq: number }[]> {
  // One look into the index for each collection, instead of a scan of all the team's records.
  return database.query(
    `SELECT c.collection, last.seq
     FROM unnest($2::text[]) AS c (collection)
     CROSS JOIN LATERAL (
       SELECT seq FROM records
       WHERE team = $1 AND records.collection = c.collection
       ORDER BY seq DESC LIMIT 1
     ) last`,
    [team, collections],
  );
}

/** A page of records in change order, with their change numbers. */
export function readPage(
  database: Queryable,
  { team, collection }: Place,
  since: number,
  limit: number,
): Promise<{ seq: number; body: RecordState }[]> {
  return database.query(
    `SELECT seq, body FROM records
     WHERE team = $1 AND collection = $2 AND seq > $3::bigint
     ORDER BY seq LIMIT $4::int`,
    [team, collection, since, limit],
  );
}
