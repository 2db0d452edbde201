/** All leads in the order of some columns, kept up to date without sorting them all again. */
import type { Day } from '../../shared/filter/days.ts';
import { valueDay, valueNumber, valueText } from '../../shared/filter/values.ts';
import type { FieldType } from '../../shared/lead/fields.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { grown, keyNumber, type LeadSlots } from './lead-slots.ts';
import { sortRuns, stableSortBy } from './radix-sort.ts';
import { recent } from './recent.ts';
import { PREFIX_LENGTH, prefixNumber, sortKey } from './sort-key.ts';
import type { Sort, Workspace } from './store-contract.ts';

/** What a column is sorted by: numbers before texts; undefined and `''` are blank. */
type SortValue = number | string | undefined;

const BLANK = Number.POSITIVE_INFINITY;
const AFTER_NUMBERS = Number.MAX_VALUE;
/** Orders and columns to keep: those used last. */
const MAX_KEPT = 6;
/** Columns that are sorted by what the lead itself holds, whatever things are called. */
const FIXED_COLUMNS: ReadonlySet<string> = new Set([
  'name',
  'phone',
  'status',
  'createdAt',
  'updatedAt',
]);

/** The orders asked for last. */
export class LeadOrders {
  private readonly orders = new Map<string, LeadOrder>();
  private readonly columns = new Map<string, SortColumn>();
  private readonly byKey: LeadOrder;

  constructor(private readonly slots: LeadSlots) {
    this.byKey = new LeadOrder(slots, [], () => this.slots.sortedByKey());
  }

  /**
   * The slots of all leads in order; what the columns do not tell apart, in the order of the keys.
   * Valid until leads change.
   */
  inOrder(sort: readonly Sort[], workspace: Workspace): Uint32Array {
    const order = recent(this.orders, JSON.stringify(sort), MAX_KEPT, () => {
      const parts = sort.map(({ column, direction }) => ({
        id: column,
        column: this.columnOf(column, workspace),
        sign: direction === 'asc' ? 1 : -1,
      }));
      return new LeadOrder(this.slots, parts, () => this.byKey.current());
    });
    return order.current();
  }

  /** Names, stages or fields changed, by which leads may be sorted. */
  forget(): void {
    for (const id of this.columns.keys()) {
      if (!FIXED_COLUMNS.has(id)) this.columns.delete(id);
    }
    for (const [key, order] of this.orders) {
      if (!order.columns.every((id) => FIXED_COLUMNS.has(id))) this.orders.delete(key);
    }
  }

  private columnOf(id: string, workspace: Workspace): SortColumn {
    return recent(
      this.columns,
      id,
      MAX_KEPT,
      () => new SortColumn(this.slots, sortValueOf(id, workspace), isNumeric(id, workspace)),
    );
  }
}

/** By slot, what one column is sorted by. */
class SortColumn {
  private numbers = new Float64Array(0);
  /** Sort keys of texts, for what their numbers do not tell apart. */
  private readonly texts: (string | undefined)[] = [];
  private hasTexts = false;
  private seen = -1;

  constructor(
    private readonly slots: LeadSlots,
    private readonly read: (lead: Lead) => SortValue,
    private readonly isNumeric: boolean,
  ) {}

  catchUp(): void {
    const { changes, end } = this.slots;
    if (this.seen === changes.position) return;
    if (this.numbers.length < end) {
      this.numbers = grown(this.numbers, new Float64Array(Math.ceil(end * 1.5)));
    }
    const changed = this.seen < 0 ? undefined : changes.since(this.seen);
    if (changed) for (const slot of changed) this.refresh(slot);
    else for (let slot = 0; slot < end; slot++) this.refresh(slot);
    this.seen = changes.position;
  }

  /** Blanks come last whichever the direction. */
  compare(a: number, b: number, sign: number): number {
    const x = this.numbers[a] ?? BLANK;
    const y = this.numbers[b] ?? BLANK;
    if (x === y) return this.compareTexts(a, b, sign);
    if (x === BLANK) return 1;
    return y === BLANK || x < y === sign > 0 ? -1 : 1;
  }

  /** The slots in the order of this column; those that it does not tell apart stay as they are. */
  sorted(slots: Uint32Array, sign: number): Uint32Array {
    const numberOf = (slot: number) => {
      const number = this.numbers[slot] ?? BLANK;
      return number === BLANK ? BLANK : sign * number;
    };
    if (!this.hasTexts) return stableSortBy(slots, numberOf);
    // By what follows the prefix first, so that little is left to compare.
    const prepared = stableSortBy(
      slots,
      (slot) => sign * prefixNumber(this.texts[slot] ?? '', PREFIX_LENGTH),
    );
    const sorted = stableSortBy(prepared, numberOf);
    return sortRuns(sorted, numberOf, (a, b) => this.compareTexts(a, b, sign));
  }

  private compareTexts(a: number, b: number, sign: number): number {
    if (!this.hasTexts) return 0;
    const text = this.texts[a] ?? '';
    const other = this.texts[b] ?? '';
    if (text === other) return 0;
    return text < other === sign > 0 ? -1 : 1;
  }

  private refresh(slot: number): void {
    const lead = this.slots.leads[slot];
    const value = lead && this.read(lead);
    const key = typeof value === 'string' ? sortKey(value) : undefined;
    if (typeof value === 'number') this.numbers[slot] = value;
    else if (!key) this.numbers[slot] = BLANK;
    else this.numbers[slot] = this.isNumeric ? AFTER_NUMBERS : prefixNumber(key);
    if (key) this.hasTexts = true;
    if (this.hasTexts) this.texts[slot] = key;
  }
}

interface OrderPart {
  id: string;
  column: SortColumn;
  sign: number;
}

class LeadOrder {
  private order: Uint32Array = new Uint32Array(0);
  private seen = -1;

  constructor(
    private readonly slots: LeadSlots,
    private readonly parts: readonly OrderPart[],
    private readonly byKey: () => Uint32Array,
  ) {}

  get columns(): string[] {
    return this.parts.map(({ id }) => id);
  }

  current(): Uint32Array {
    const { changes, size } = this.slots;
    if (this.seen === changes.position) return this.order;
    for (const { column } of this.parts) column.catchUp();
    const changed = this.seen < 0 ? undefined : changes.since(this.seen);
    if (changed === undefined || changed.length > size / 3) this.sortAll();
    else this.move(new Set(changed));
    this.seen = changes.position;
    return this.order;
  }

  /** From the order of the keys on, by each column, the last one first. */
  private sortAll(): void {
    this.order = this.byKey();
    for (const { column, sign } of [...this.parts].reverse()) {
      this.order = column.sorted(this.order, sign);
    }
  }

  /** Takes some slots out and puts them where they belong now. */
  private move(changed: ReadonlySet<number>): void {
    const kept = this.without(changed);
    const { leads, size } = this.slots;
    const placed = [...changed].filter((slot) => leads[slot] !== undefined).sort(this.compare);
    const order = new Uint32Array(size);
    let from = 0;
    placed.forEach((slot, i) => {
      const place = this.placeIn(kept, slot, from);
      order.set(kept.subarray(from, place), from + i);
      order[place + i] = slot;
      from = place;
    });
    order.set(kept.subarray(from), from + placed.length);
    this.order = order;
  }

  private without(changed: ReadonlySet<number>): Uint32Array {
    const isChanged = new Uint8Array(this.slots.end);
    for (const slot of changed) isChanged[slot] = 1;
    const { order } = this;
    const kept = new Uint32Array(order.length);
    let count = 0;
    for (let i = 0; i < order.length; i++) {
      const slot = order[i] ?? 0;
      if (isChanged[slot] === 0) kept[count++] = slot;
    }
    return kept.subarray(0, count);
  }

  private placeIn(order: Uint32Array, slot: number, from: number): number {
    let low = from;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(slot, order[middle] ?? 0) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private readonly compare = (a: number, b: number): number => {
    for (const { column, sign } of this.parts) {
      const order = column.compare(a, b, sign);
      if (order !== 0) return order;
    }
    return this.slots.compareKeys(a, b);
  };
}

/** Whether a column holds numbers, so that texts among them come after. */
function isNumeric(column: string, workspace: Workspace): boolean {
  const type = typeOf(column, workspace);
  return type === 'number' || type === 'date';
}

function typeOf(column: string, { fields }: Workspace): FieldType | undefined {
  return fields.find(({ id }) => id === column)?.type;
}

function sortValueOf(column: string, workspace: Workspace): (lead: Lead) => SortValue {
  const { stages, members } = workspace;
  switch (column) {
    case 'createdAt':
    case 'updatedAt':
      return (lead) => lead[column];
    case 'phone':
      return ({ key }) => (key.startsWith('+') ? keyNumber(key) : undefined);
    case 'name':
      return ({ name }) => name;
    case 'status':
      return ({ state }) => state.status;
    case 'state': {
      const order = new Map(stages.map((stage) => [stage.id, stage.order]));
      return ({ state }) => order.get(state.stage);
    }
    case 'assignee': {
      const names = new Map(members.map((member) => [member.id, member.name]));
      return ({ assignee }) => (assignee === null ? undefined : names.get(assignee));
    }
    default:
      return customValueOf(column, typeOf(column, workspace));
  }
}

function customValueOf(column: string, type: FieldType | undefined): (lead: Lead) => SortValue {
  return ({ custom }) => {
    const value = custom[column];
    if (type === 'number') return valueNumber(value) ?? valueText(value);
    if (type === 'date') return dayNumber(valueDay(value)) ?? valueText(value);
    return typeof value === 'boolean' ? Number(value) : valueText(value);
  };
}

/** `2026-11-24` as 20261124. */
function dayNumber(day: Day | undefined): number | undefined {
  return day === undefined ? undefined : Number(day.replaceAll('-', ''));
}
