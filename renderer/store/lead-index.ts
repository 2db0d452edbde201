/** All leads in memory, as the table shows them: answers sorting and paging without the database. */
import { type Lead, leadOf, NO_PHONE_PREFIX } from '../../shared/lead/lead.ts';
import type { Json } from '../../shared/record/json.ts';
import type { RecordState } from '../../shared/record/record.ts';
import type { LeadPage, LeadQuery, Sort, Workspace } from './store-contract.ts';

type SortValue = string | number;
type SortNames = Pick<Workspace, 'stages' | 'members'>;

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

export class LeadIndex {
  private readonly leads = new Map<string, Lead>();
  private sorted: { by: string; leads: Lead[] } | undefined;
  private withoutPhone = 0;

  get size(): number {
    return this.leads.size;
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
    const leads = this.inOrder(sort, names);
    const lastPage = Math.max(0, Math.ceil(leads.length / pageSize) - 1);
    const served = Math.min(page, lastPage);
    return {
      rows: leads.slice(served * pageSize, (served + 1) * pageSize),
      total: leads.length,
      page: served,
      needsPhone: this.withoutPhone,
    };
  }

  /** Names of stages or members changed, by which leads may be sorted. */
  forgetOrder(): void {
    this.sorted = undefined;
  }

  private inOrder(sort: Sort[], names: SortNames): Lead[] {
    const by = JSON.stringify(sort);
    if (this.sorted?.by !== by) {
      this.sorted = { by, leads: sortLeads([...this.leads.values()], sort, names) };
    }
    return this.sorted.leads;
  }
}

/** Sorts by several columns; blanks come last whichever the direction. */
function sortLeads(leads: Lead[], sort: Sort[], names: SortNames): Lead[] {
  const columns = sort.map(({ column, direction }) => {
    const read = sortValueOf(column, names);
    return {
      values: new Map(leads.map((lead) => [lead, read(lead)])),
      sign: direction === 'asc' ? 1 : -1,
    };
  });
  return leads.sort((a, b) => {
    for (const { values, sign } of columns) {
      const order = compare(values.get(a), values.get(b), sign);
      if (order !== 0) return order;
    }
    return a.key < b.key ? -1 : 1;
  });
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
