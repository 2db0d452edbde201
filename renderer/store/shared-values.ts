/**
 * Equal values of many leads as one object in memory: cities, states, sources. It halves what the
 * leads take, and comparing values that are the same object is fast.
 */
import type { FilterLead } from '../../shared/filter/filter-lead.ts';
import type { LeadState } from '../../shared/lead/pipeline.ts';
import type { Json } from '../../shared/record/json.ts';

/** Longer texts are seldom equal. */
const MAX_TEXT = 40;
/** Rare values don't fill the pool for ever. */
const MAX_TEXTS = 50_000;

export class SharedValues {
  private texts = new Map<string, string>();
  private readonly states = new Map<string, LeadState>();
  private readonly lists = new Map<string, readonly string[]>();

  /** The lead with its values replaced by equal ones seen before. */
  of(lead: FilterLead): FilterLead {
    for (const id of Object.keys(lead.custom))
      lead.custom[id] = this.value(lead.custom[id] ?? null);
    return {
      ...lead,
      state: this.state(lead.state),
      assignee: lead.assignee === null ? null : this.text(lead.assignee),
      sources: this.list(lead.sources),
      intakes: this.list(lead.intakes),
      tags: this.list(lead.tags),
    };
  }

  private value(value: Json): Json {
    return typeof value === 'string' && value.length <= MAX_TEXT ? this.text(value) : value;
  }

  private text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (this.texts.size >= MAX_TEXTS) this.texts = new Map();
    this.texts.set(text, text);
    return text;
  }

  private state(state: LeadState): LeadState {
    const { stage, status, reason } = state;
    return shared(this.states, `${status} ${stage} ${reason ?? ''}`, {
      ...state,
      stage: this.text(stage),
    });
  }

  private list<T extends string>(list: readonly T[]): readonly T[] {
    return shared(this.lists, list.join(' '), list) as readonly T[];
  }
}

function shared<T>(known: Map<string, T>, key: string, value: T): T {
  const first = known.get(key);
  if (first !== undefined) return first;
  known.set(key, value);
  return value;
}
