/** How values look in the table's cells. */
import type { ICellRendererParams } from 'ag-grid-community';
import type { Json } from '../../../shared/record/json.ts';
import type { LeadRow, Workspace } from '../../store/store-contract.ts';
import { calendarDay, exactTime, relativeTime } from '../dates.ts';
import { Avatar } from '../parts/avatar.tsx';
import { StagePill } from '../parts/stage-pill.tsx';
import classes from './cells.module.css';
import { needsPhone, phoneText } from './phone-text.ts';

/** What cells need besides their lead. */
export interface GridContext {
  workspace: Workspace;
  /** ms since 1970: what relative times count from. */
  now: number;
}

type CellProps = ICellRendererParams<LeadRow, Json, GridContext>;

const STATUS_WORDS = { open: 'Open', closed: 'Closed', cancelled: 'Cancelled' } as const;

export function PhoneCell({ data }: CellProps) {
  if (!data) return null;
  const text = phoneText(data);
  return (
    <span className={classes.phone} title={data.phone}>
      {text !== '' && <span className={classes.clipped}>{text}</span>}
      {needsPhone(data) && <span className={classes.badge}>Needs phone</span>}
    </span>
  );
}

export function NameCell({ value }: CellProps) {
  return typeof value === 'string' && value !== '' ? (
    <span className={classes.name}>{value}</span>
  ) : (
    <span className={classes.blank}>No name</span>
  );
}

export function StateCell({ data, context }: CellProps) {
  if (!data) return null;
  const stage = context.workspace.stages.find(({ id }) => id === data.state.stage);
  return <StagePill name={stage?.name ?? data.state.stage} color={stage?.color ?? 'gray'} />;
}

export function StatusCell({ data }: CellProps) {
  if (!data) return null;
  const { status, reason } = data.state;
  return (
    <span className={classes[status]} title={reason}>
      {STATUS_WORDS[status]}
    </span>
  );
}

export function AssigneeCell({ data, context }: CellProps) {
  const id = data?.assignee;
  if (!id) return <span className={classes.blank}>Nobody</span>;
  const name = nameOf(id, context);
  return (
    <span className={classes.person}>
      <Avatar id={id} name={name} />
      <span className={classes.clipped}>{name}</span>
    </span>
  );
}

export function TimeCell({ value, context }: CellProps) {
  if (typeof value !== 'number') return null;
  const { timeZone } = context.workspace;
  return (
    <time
      className={classes.time}
      dateTime={new Date(value).toISOString()}
      title={exactTime(value, timeZone)}
    >
      {relativeTime(value, context.now, timeZone)}
    </time>
  );
}

/** A custom field's value as text. */
export function customText(value: Json | undefined, type: string): string {
  if (value === undefined || value === null) return '';
  if (type === 'date' && typeof value === 'string') return calendarDay(value);
  if (Array.isArray(value)) return value.map((item) => customText(item, 'text')).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** The name of a member; of one who is gone, that. */
export function nameOf(id: string, { workspace }: GridContext): string {
  return workspace.members.find((member) => member.id === id)?.name ?? 'Former member';
}
