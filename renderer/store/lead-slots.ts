/** The leads in numbered slots, with what searching and sorting need of each. */
import { type FilterLead, filterLeadOf } from '../../shared/filter/filter-lead.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { ChangeLog } from './change-log.ts';
import { type Facet, Facets } from './facets.ts';
import { sortRuns, stableSortBy } from './radix-sort.ts';
import { searchText } from './search-text.ts';
import { SharedValues } from './shared-values.ts';
import { prefixNumber } from './sort-key.ts';
import { TextSignatures } from './text-signature.ts';

const FIRST_CAPACITY = 1024;
const MIN_LOG = 5000;

export class LeadSlots {
  /** By slot; free ones hold undefined. */
  readonly leads: (FilterLead | undefined)[] = [];
  /** By slot: folded lines to search in. */
  readonly texts: string[] = [];
  readonly signatures = new TextSignatures();
  readonly changes = new ChangeLog();
  private createdTimes = new Float64Array(0);
  private keyNumbers = new Float64Array(0);
  private facetNumbers = new Uint32Array(0);
  private readonly knownFacets = new Facets();
  private readonly shared = new SharedValues();
  private readonly slotOf = new Map<string, number>();
  private readonly free: number[] = [];

  /** Number of leads. */
  get size(): number {
    return this.slotOf.size;
  }

  /** Number of slots, free ones included. */
  get end(): number {
    return this.leads.length;
  }

  has(key: string): boolean {
    return this.slotOf.has(key);
  }

  /** Takes in a record as it is now; one that shows no lead any more frees its slot. */
  put(record: RecordState): void {
    const lead = filterLeadOf(record);
    const slot = this.slotOf.get(record.id);
    if (lead !== undefined) this.fill(slot ?? this.take(record.id), lead);
    else if (slot !== undefined) this.empty(slot, record.id);
  }

  createdAt(slot: number): number {
    return this.createdTimes[slot] ?? 0;
  }

  /** What {@link facetOf} numbers. */
  get facets(): readonly Facet[] {
    return this.knownFacets.all;
  }

  facetOf(slot: number): number {
    return this.facetNumbers[slot] ?? 0;
  }

  /** The order of their keys, which tells apart what sorts alike. */
  compareKeys(a: number, b: number): number {
    const order = (this.keyNumbers[a] ?? 0) - (this.keyNumbers[b] ?? 0);
    if (order !== 0) return order;
    return (this.leads[a]?.key ?? '') < (this.leads[b]?.key ?? '') ? -1 : 1;
  }

  /** All slots that hold a lead, in the order of the keys. */
  sortedByKey(): Uint32Array {
    const filled = new Uint32Array(this.size);
    let next = 0;
    for (let slot = 0; slot < this.end; slot++) {
      if (this.leads[slot] !== undefined) filled[next++] = slot;
    }
    const numberOf = (slot: number) => this.keyNumbers[slot] ?? 0;
    const compare = (a: number, b: number) => this.compareKeys(a, b);
    return sortRuns(stableSortBy(filled, numberOf), numberOf, compare);
  }

  private take(key: string): number {
    const slot = this.free.pop() ?? this.end;
    this.slotOf.set(key, slot);
    if (slot >= this.createdTimes.length) this.reserve(Math.max(FIRST_CAPACITY, slot * 2));
    this.keyNumbers[slot] = keyNumber(key);
    return slot;
  }

  private fill(slot: number, lead: FilterLead): void {
    const text = searchText(lead);
    this.shared.shareIn(lead);
    this.leads[slot] = lead;
    this.facetNumbers[slot] = this.knownFacets.numberOf(lead);
    this.createdTimes[slot] = lead.createdAt;
    if (text !== this.texts[slot]) {
      this.texts[slot] = text;
      this.signatures.set(slot, text);
    }
    this.note(slot);
  }

  private empty(slot: number, key: string): void {
    this.slotOf.delete(key);
    this.free.push(slot);
    this.leads[slot] = undefined;
    this.texts[slot] = '';
    this.note(slot);
  }

  private note(slot: number): void {
    this.changes.add(slot, Math.max(MIN_LOG, this.size / 2));
  }

  private reserve(slots: number): void {
    this.createdTimes = grown(this.createdTimes, new Float64Array(slots));
    this.keyNumbers = grown(this.keyNumbers, new Float64Array(slots));
    this.facetNumbers = grown(this.facetNumbers, new Uint32Array(slots));
    this.signatures.reserve(slots);
  }
}

/** The larger array, beginning with what the other holds. */
export function grown<T extends Float64Array | Uint32Array>(array: T, larger: T): T {
  larger.set(array);
  return larger;
}

const MAX_DIGITS = 15;
const AFTER_NUMBERS = 10 ** MAX_DIGITS;

/** A number that orders keys nearly as their text does: phone keys first, by their digits. */
export function keyNumber(key: string): number {
  if (!/^\+\d+$/.test(key)) return AFTER_NUMBERS + prefixNumber(key);
  return Number(key.slice(1, 1 + MAX_DIGITS).padEnd(MAX_DIGITS, '0'));
}
