/**
 * Equal values of many leads as one object in memory: cities, states, sources. It halves what the
 * leads take, and comparing values that are the same object is fast.
 */
import type { FilterLead } from '../../shared/filter/filter-lead.ts';
import type { LeadState } from '../../shared/lead/pipeline.ts';

export class SharedValues {
  private readonly texts = new Map<string, Pool<string>>();
  private readonly states = new Pool<LeadState>();
  private readonly lists = new Pool<readonly string[]>();

  /** Replaces a lead's values by equal ones seen before. */
  shareIn(lead: FilterLead): void {
    const { custom, state, assignee } = lead;
    for (const id of Object.keys(custom)) {
      const value = custom[id];
      if (typeof value === 'string') custom[id] = this.text(id, value);
    }
    if (assignee !== null) lead.assignee = this.text('assignee', assignee);
    lead.state = this.states.of(`${state.status} ${state.stage} ${state.reason ?? ''}`, state);
    lead.sources = this.list(lead.sources);
    lead.intakes = this.list(lead.intakes);
    lead.tags = this.list(lead.tags);
  }

  private text(field: string, text: string): string {
    let pool = this.texts.get(field);
    if (pool === undefined) {
      pool = new Pool();
      this.texts.set(field, pool);
    }
    return pool.of(text, text);
  }

  private list<T extends string>(list: readonly T[]): readonly T[] {
    return this.lists.of(list.join(' '), list) as readonly T[];
  }
}

const MAX_VALUES = 20_000;
const TRIALS = 500;

/** Values seen before; given up where most are seen once, such as addresses. */
class Pool<T> {
  private known: Map<string, T> | undefined = new Map();
  private asked = 0;

  /** @param key the same for equal values */
  of(key: string, value: T): T {
    if (this.known === undefined) return value;
    const first = this.known.get(key);
    this.asked++;
    if (first !== undefined) return first;
    this.known.set(key, value);
    const { size } = this.known;
    if (size > MAX_VALUES || (this.asked > TRIALS && size > this.asked / 2)) this.known = undefined;
    return value;
  }
}
