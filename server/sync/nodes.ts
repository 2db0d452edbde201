/** Whose laptop a node is: the member's who first pushed clocks of it. */
import type { Queryable, Transaction } from '../store/database.ts';

const MAX_KNOWN = 100_000;

export class Nodes {
  private readonly known = new Set<string>();

  /**
   * Notes the nodes of a push as the member's, where nobody has them yet.
   * @returns to be called once the transaction is committed
   */
  async claim(
    tx: Transaction,
    team: string,
    member: string,
    nodes: ReadonlySet<string>,
  ): Promise<() => void> {
    const unknown = [...nodes].filter((node) => !this.known.has(`${team} ${node}`)).sort();
    if (unknown.length === 0) return () => {};
    await tx.query(
      `INSERT INTO nodes (team, node, member)
       SELECT $1::uuid, node, $2::uuid FROM unnest($3::text[]) AS node
       ON CONFLICT (team, node) DO NOTHING`,
      [team, member, unknown],
    );
    return () => {
      if (this.known.size > MAX_KNOWN) this.known.clear();
      for (const node of unknown) this.known.add(`${team} ${node}`);
    };
  }
}

/** The members whose laptops these are, by node. */
export async function membersOf(
  database: Queryable,
  team: string,
  nodes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await database.query<{ node: string; member: string }>(
    'SELECT node, member FROM nodes WHERE team = $1 AND node = ANY($2::text[])',
    [team, nodes],
  );
  return new Map(rows.map(({ node, member }) => [node, member]));
}
