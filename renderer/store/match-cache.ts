/**
 * The leads that match a search and a filter. Answers are kept: with changed leads only those are
 * looked at again, and a search that narrows one before looks at the matches of that one.
 */
import { compileFilter, type LeadTest } from '../../shared/filter/compile-filter.ts';
import { dayAt, type TimeRange } from '../../shared/filter/days.ts';
import { NO_FILTER } from '../../shared/filter/filter.ts';
import { narrows, parseSearch, type Search } from '../../shared/filter/search.ts';
import { phoneKey } from '../../shared/phone/phone-key.ts';
import type { LeadSlots } from './lead-slots.ts';
import { recent } from './recent.ts';
import { type SlotTest, searchTest } from './search-test.ts';
import { SlotSet } from './slot-set.ts';
import type { LeadMatch, Workspace } from './store-contract.ts';

/** Enough for the live counts of many spaces beside what is typed. */
const MAX_KEPT = 64;

export class MatchCache {
  private readonly kept = new Map<string, Matches>();

  constructor(private readonly slots: LeadSlots) {}

  /** Valid until leads change. */
  of({ search = '', filter = NO_FILTER }: LeadMatch, workspace: Workspace, now: number): Matches {
    const keyOf = (number: string) => phoneKey(number, workspace.country)?.key;
    const parsed = parseSearch(search, keyOf);
    const today = dayAt(now, workspace.timeZone);
    const filterKey = JSON.stringify([filter, today]);
    const make = () => {
      const { fields: definitions, timeZone } = workspace;
      const leadTest = compileFilter(filter, { definitions, timeZone, now, keyOf });
      const tests = {
        search: parsed.terms.length === 0 ? ALL : searchTest(parsed, this.slots, workspace),
        filter: leadTest === undefined ? ALL : this.slotTest(leadTest),
      };
      return new Matches(this.slots, filterKey, parsed, tests, this.widerThan(filterKey, parsed));
    };
    const matches = recent(this.kept, JSON.stringify([parsed, filterKey]), MAX_KEPT, make);
    matches.catchUp();
    return matches;
  }

  /** Names, fields or the team's country changed. */
  forget(): void {
    this.kept.clear();
  }

  private slotTest(test: LeadTest): SlotTest {
    const { leads } = this.slots;
    return (slot) => {
      const lead = leads[slot];
      return lead !== undefined && test(lead);
    };
  }

  /** The fewest matches among which all matches of a search are. */
  private widerThan(filterKey: string, search: Search): Matches | undefined {
    let fewest: Matches | undefined;
    for (const matches of this.kept.values()) {
      if (matches.filterKey !== filterKey || !narrows(search, matches.search)) continue;
      if (fewest === undefined || matches.size < fewest.size) fewest = matches;
    }
    fewest?.catchUp();
    return fewest;
  }
}

const ALL: SlotTest = () => true;

/** All leads that match one search and filter. */
export class Matches {
  private found = new SlotSet();
  private seen = -1;

  /** @param wider matches among which all of these are */
  constructor(
    private readonly slots: LeadSlots,
    readonly filterKey: string,
    readonly search: Search,
    private readonly tests: { search: SlotTest; filter: SlotTest },
    wider: Matches | undefined,
  ) {
    if (wider === undefined) return;
    wider.found.forEach((slot) => {
      if (tests.search(slot)) this.found.set(slot, true);
    });
    this.seen = slots.changes.position;
  }

  get size(): number {
    return this.found.size;
  }

  has(slot: number): boolean {
    return this.found.has(slot);
  }

  /** How many of them were created in a range. */
  countWithin({ from, until }: TimeRange): number {
    if (from === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY) return this.size;
    let count = 0;
    this.found.forEach((slot) => {
      const createdAt = this.slots.createdAt(slot);
      if (createdAt >= from && createdAt < until) count++;
    });
    return count;
  }

  catchUp(): void {
    const { changes, end } = this.slots;
    if (this.seen === changes.position) return;
    const changed = this.seen < 0 ? undefined : changes.since(this.seen);
    if (changed) for (const slot of changed) this.look(slot);
    else for (let slot = 0; slot < end; slot++) this.look(slot);
    this.seen = changes.position;
  }

  private look(slot: number): void {
    const { search, filter } = this.tests;
    const isLead = this.slots.leads[slot] !== undefined;
    this.found.set(slot, isLead && filter(slot) && search(slot));
  }
}
