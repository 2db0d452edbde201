/**
 * What processes on one database tell each other, so that the others look sooner than they would by
 * themselves. Nothing depends on a hint's arriving.
 */
import { z } from 'zod';
import type { Database, Transaction } from '../store/database.ts';

const hintSchema = z.union([
  /** The team's records changed. */
  z.object({ team: z.string() }),
  /** A session ended, or all of a member's. */
  z.object({ session: z.string() }),
  z.object({ member: z.string() }),
]);
export type Hint = z.infer<typeof hintSchema>;

export class Hints {
  private readonly stop: () => Promise<void>;

  constructor(
    private readonly database: Database,
    onHint: (hint: Hint) => void,
  ) {
    const { listen } = database;
    const stopped = listen?.((text) => {
      const hint = parse(text);
      if (hint !== undefined) onHint(hint);
    });
    this.stop = stopped ?? (async () => {});
  }

  /** Reaches the others when the transaction is committed. */
  async send(tx: Transaction, hint: Hint): Promise<void> {
    if (this.database.notify) await this.database.notify(tx, JSON.stringify(hint));
  }

  close(): Promise<void> {
    return this.stop();
  }
}

function parse(text: string): Hint | undefined {
  try {
    return hintSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
