/** How many leads a team has, counted once for each change. */
import { VIA_PREFIX } from '../../shared/lead/fields.ts';
import type { Queryable } from './database.ts';
import { changeNumbers } from './records.ts';

const MAX_TEAMS = 1000;

export class LeadCount {
  private readonly known = new Map<string, { seq: number | undefined; total: number }>();

  constructor(private readonly database: Queryable) {}

  async of(team: string): Promise<number> {
    // Read before counting: what is written meanwhile makes the next one count again.
    const seq = (await changeNumbers(this.database, [team])).get(team);
    const known = this.known.get(team);
    if (known !== undefined && known.seq === seq) return known.total;
    const total = await countLeads(this.database, team);
    if (this.known.size >= MAX_TEAMS) this.known.clear();
    this.known.set(team, { seq, total });
    return total;
  }
}

/** Records that something brought in; it takes some microseconds for each. */
async function countLeads(database: Queryable, team: string): Promise<number> {
  const [row] = await database.query<{ total: number }>(
    `SELECT count(*) AS total FROM records
     WHERE team = $1 AND collection = 'leads' AND EXISTS (
       SELECT FROM jsonb_object_keys(body #> '{machine,values}') key WHERE starts_with(key, $2)
       UNION ALL
       SELECT FROM jsonb_object_keys(body #> '{person,values}') key WHERE starts_with(key, $2)
     )`,
    [team, VIA_PREFIX],
  );
  return row?.total ?? 0;
}
