/** All leads in memory, as the table shows them: answers sorting and paging without the database. */
import { type Lead, leadOf, NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import type { Json } from '../../shared/record/json.ts';
import type { RecordState } from '../../shared/record/record.ts';
import { smallest } from './smallest.ts';
import type { LeadPage, LeadQuery, Sort, Workspace } from './store-contract.ts';

type SortValue = string | number;
type SortNames = Pick<Workspace, 'stages' | 'members'>;

/** Up to this many leads are picked out instead of sorting all. */
const FEW = 1000;

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

export class LeadIndex {
  private readonly leads = new Map<string, Lead>();
  private sorted: { by: string; leads: Lead[] } | undefined;
  private withoutPhone = 0;

  get size(): number {
    return this.leads.size;
  }

  has(key: string): boolean {
    return this.leads.has(key);
  }

  /** Takes in records as they are now; one that shows no lead any more leaves the index. */
  put(records: RecordState[]): void {
    for (const record of records) {
      const lead = leadOf(record);
      const known = this.leads.has(record.id);
      if (known !== (lead !== undefined) && record.id.startsWith(NO_PHONE_PREFIX)) {
        this.withoutPhone += lead ? 1 : -1;
      }
      if (lead) this.leads.set(record.id, lead);
      else this.leads.delete(record.id);
    }
    if (records.length > 0) this.sorted = undefined;
  }

  /** One page. Values that a sort does not tell apart are in the order of their keys. */
  query({ sort, page, pageSize }: LeadQuery, names: SortNames): LeadPage {
    const total = this.leads.size;
    const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1);
    const served = Math.min(page, lastPage);
    const end = (served + 1) * pageSize;
    return {
      rows: this.firstInOrder(end, sort, names).slice(served * pageSize, end),
      total,
      page: served,
      needsPhone: this.withoutPhone,
    };
  }

  /** Names of stages or members changed, by which leads may be sorted. */
  forgetOrder(): void {
    this.sorted = undefined;
  }

  /** At least the first `count` leads in order: while leads pour in, sorting all is too slow. */
  private firstInOrder(count: number, sort: Sort[], names: SortNames): Lead[] {
    const by = JSON.stringify(sort);
    if (this.sorted?.by !== by || this.sorted.leads.length < Math.min(count, this.leads.size)) {
      const order = leadOrder(sort, names);
      const leads =
        count <= FEW
          ? smallest(this.leads.values(), count, order)
          : [...this.leads.values()].sort(order);
      this.sorted = { by, leads };
    }
    return this.sorted.leads;
  }
}

/** Orders by several columns, then by key; blanks come last whichever the direction. */
function leadOrder(sort: Sort[], names: SortNames): (a: Lead, b: Lead) => number {
  const columns = sort.map(({ column, direction }) => ({
    read: sortValueOf(column, names),
    sign: direction === 'asc' ? 1 : -1,
  }));
  return (a, b) => {
    for (const { read, sign } of columns) {
      const order = compare(read(a), read(b), sign);
      if (order !== 0) return order;
    }
    return a.key < b.key ? -1 : 1;
  };
}

function compare(a: SortValue | undefined, b: SortValue | undefined, sign: number): number {
  if (a === b) return 0;
  if (a === undefined || a === '') return b === undefined || b === '' ? 0 : 1;
  if (b === undefined || b === '') return -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}

function sortValueOf(
  column: string,
  { stages, members }: SortNames,
): (lead: Lead) => SortValue | undefined {
  switch (column) {
    case 'createdAt':
    case 'updatedAt':
      return (lead) => lead[column];
    case 'phone':
      return (lead) => lead.key;
    case 'name':
      return (lead) => lead.name;
    case 'status':
      return (lead) => lead.state.status;
    case 'state': {
      const order = new Map(stages.map((stage) => [stage.id, stage.order]));
      return (lead) => order.get(lead.state.stage);
    }
    case 'assignee': {
      const byId = new Map(members.map((member) => [member.id, member.name]));
      return (lead) => (lead.assignee === null ? undefined : byId.get(lead.assignee));
    }
    default:
      return (lead) => sortable(lead.custom[column]);
  }
}

function sortable(value: Json | undefined): SortValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'boolean' ? Number(value) : JSON.stringify(value);
}
