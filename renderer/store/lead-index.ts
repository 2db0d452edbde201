/**
 * All leads in memory: answers which of them match, in what order and how many, without the
 * database. Nothing is worked out before it is asked for, so leads can pour in.
 */
import { ANY_TIME, createdTimes } from '../../shared/filter/created-range.ts';
import type { TimeRange } from '../../shared/filter/days.ts';
import type { FilterLead } from '../../shared/filter/filter-lead.ts';
import { NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { LeadOrders } from './lead-order.ts';
import { LeadSlots } from './lead-slots.ts';
import { MatchCache, type Matches } from './match-cache.ts';
import type {
  LeadMatch,
  LeadPage,
  LeadQuery,
  LeadRow,
  SortedMatch,
  Workspace,
} from './store-contract.ts';

export class LeadIndex {
  private readonly slots = new LeadSlots();
  private readonly orders = new LeadOrders(this.slots);
  private readonly matches = new MatchCache(this.slots);
  private withoutPhone = 0;

  /** @param now ms since 1970, by which "today" is told */
  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.slots.size;
  }

  has(key: string): boolean {
    return this.slots.has(key);
  }

  /** Takes in records as they are now; one that shows no lead any more leaves the index. */
  put(records: RecordState[]): void {
    for (const record of records) {
      if (!record.id.startsWith(NO_PHONE_PREFIX)) this.slots.put(record);
      else {
        const known = this.slots.has(record.id);
        this.slots.put(record);
        this.withoutPhone += Number(this.slots.has(record.id)) - Number(known);
      }
    }
  }

  /** One page. Values that a sort does not tell apart are in the order of their keys. */
  query(query: LeadQuery, workspace: Workspace): LeadPage {
    const resolved = this.resolve(query, workspace);
    const { matches, times } = resolved;
    const total = matches.countWithin(times);
    const lastPage = Math.max(0, Math.ceil(total / query.pageSize) - 1);
    const page = Math.min(query.page, lastPage);
    const start = page * query.pageSize;
    const order = this.orders.inOrder(query.sort, workspace);
    const leads = this.pick(order, resolved, start, start + query.pageSize);
    return {
      rows: leads.map(toRow),
      total,
      page,
      outsideRange: matches.size - total,
      all: this.size,
      needsPhone: this.withoutPhone,
    };
  }

  /** How many leads match. */
  count(match: LeadMatch, workspace: Workspace): number {
    const { matches, times } = this.resolve(match, workspace);
    return matches.countWithin(times);
  }

  /** The keys of all leads that match, in order. */
  keys(match: SortedMatch, workspace: Workspace): string[] {
    const order = this.orders.inOrder(match.sort, workspace);
    return this.pick(order, this.resolve(match, workspace), 0, this.size).map(({ key }) => key);
  }

  /** Stages, members, fields or settings changed, on which orders and matches depend. */
  forgetOrder(): void {
    this.orders.forget();
    this.matches.forget();
  }

  private resolve({ created = ANY_TIME, ...match }: LeadMatch, workspace: Workspace): Resolved {
    const now = this.now();
    return {
      matches: this.matches.of(match, workspace, now),
      times: createdTimes(created, now, workspace.timeZone),
    };
  }

  /** The matching leads from a place in the order up to, and without, another. */
  private pick(
    order: Uint32Array,
    { matches, times }: Resolved,
    start: number,
    end: number,
  ): FilterLead[] {
    const found: FilterLead[] = [];
    let place = 0;
    for (const slot of order) {
      if (place >= end) break;
      if (!matches.has(slot) || !isCreatedWithin(this.slots.createdAt(slot), times)) continue;
      const lead = place++ >= start ? this.slots.leads[slot] : undefined;
      if (lead !== undefined) found.push(lead);
    }
    return found;
  }
}

interface Resolved {
  matches: Matches;
  times: TimeRange;
}

function isCreatedWithin(createdAt: number, { from, until }: TimeRange): boolean {
  return createdAt >= from && createdAt < until;
}

/** What the table shows of a lead. */
function toRow({ sources: _, intakes: __, tags: ___, ...row }: FilterLead): LeadRow {
  return row;
}
