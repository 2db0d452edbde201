/** The server's own node id, under which it stamps the records it writes. */
import { randomBytes } from 'node:crypto';
import { nodeIdFrom } from '../../shared/record/clock.ts';
import type { Queryable } from './database.ts';

export async function serverNode(database: Queryable): Promise<string> {
  const [row] = await database.query<{ value: string }>(
    `INSERT INTO server_meta (key, value) VALUES ('node', $1)
     ON CONFLICT (key) DO UPDATE SET value = server_meta.value
     RETURNING value`,
    [nodeIdFrom(randomBytes(10))],
  );
  if (row === undefined) throw new Error('no node id');
  return row.value;
}
