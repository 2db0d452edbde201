/** The table of records: read in change order, written in bulk. */
import type { CollectionName } from '../../shared/record/collections.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { Queryable, Transaction } from './database.ts';

/** One collection of one team. */
export interface Place {
  team: string;
  collection: CollectionName;
}

/**
 * Takes `count` change numbers, and with them the right to write the team's records until the
 * transaction ends: this orders the commits of a team. Must be its first statement.
 * @returns the first of them
 */
export async function takeChangeNumbers(
  tx: Transaction,
  team: string,
  count: number,
): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    'UPDATE teams SET seq = seq + $2::bigint WHERE id = $1 RETURNING seq',
    [team, count],
  );
  if (row === undefined) throw new Error('the team is gone');
  return row.seq - count + 1;
}

/** The records with these ids that there are, kept from others until the transaction ends. */
export async function lockRecords(
  tx: Transaction,
  { team, collection }: Place,
  ids: readonly string[],
): Promise<Map<string, RecordState>> {
  const rows = await tx.query<{ id: string; body: RecordState }>(
    `SELECT id, body FROM records
     WHERE team = $1 AND collection = $2 AND id = ANY($3::text[])
     ORDER BY id FOR UPDATE`,
    [team, collection, [...ids].sort()],
  );
  return new Map(rows.map(({ id, body }) => [id, body]));
}

/**
 * Writes records, each with a change number of its own, from `first` on.
 * @returns the last change number and how much was written
 */
export async function writeRecords(
  tx: Transaction,
  { team, collection }: Place,
  records: readonly RecordState[],
  first: number,
): Promise<{ last: number; bytes: number }> {
  const rows = JSON.stringify(
    records.map((body, index) => ({ id: body.id, seq: first + index, body })),
  );
  await tx.query(
    `INSERT INTO records (team, collection, id, seq, body)
     SELECT $1::uuid, $2::text, id, seq, body
     FROM jsonb_to_recordset($3::jsonb) AS row (id text, seq bigint, body jsonb)
     ON CONFLICT (team, collection, id) DO UPDATE SET seq = excluded.seq, body = excluded.body`,
    [team, collection, rows],
  );
  return { last: first + records.length - 1, bytes: rows.length };
}

/** Records after a change number, in change order, as the text of a JSON array. */
export async function readChanges(
  database: Queryable,
  { team, collection }: Place,
  since: number,
  limit: number,
): Promise<{ records: string; checkpoint: number }> {
  const [row] = await database.query<{ records: string | null; checkpoint: number | null }>(
    `SELECT json_agg(body ORDER BY seq)::text AS records, max(seq) AS checkpoint
     FROM (
       SELECT seq, body FROM records
       WHERE team = $1 AND collection = $2 AND seq > $3::bigint
       ORDER BY seq LIMIT $4::int
     ) page`,
    [team, collection, since, limit],
  );
  return { records: row?.records ?? '[]', checkpoint: row?.checkpoint ?? since };
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
