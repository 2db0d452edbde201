/**
 * How values look in the table's cells. Plain elements instead of components: a page of leads is
 * drawn in a few milliseconds, also while thousands pour in.
 */
import type { ICellRendererParams } from 'ag-grid-community';
import { STATUS_LABELS } from '../../../shared/filter/describe.ts';
import { highlightRanges, type Search } from '../../../shared/filter/search.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { LeadRow, Workspace } from '../../store/store-contract.ts';
import { calendarDay, exactTime, relativeTime } from '../dates.ts';
import { initialsOf } from '../format.ts';
import avatar from '../parts/avatar.module.css';
import { hueOf, namedHue } from '../parts/hues.ts';
import pill from '../parts/stage-pill.module.css';
import classes from './cells.module.css';
import { needsPhone, phoneText } from './phone-text.ts';

/** What cells need besides their lead. */
export interface GridContext {
  workspace: Workspace;
  /** ms since 1970: what relative times count from. */
  now: number;
  /** What is searched for, to be marked where it stands. */
  search: Search;
  /** Opens the page of a lead. */
  open(key: string): void;
}

type CellParams = ICellRendererParams<LeadRow, Json, GridContext>;

const STATUS_CLASSES = {
  open: classes.statusOpen,
  closed: classes.closed,
  cancelled: classes.cancelled,
} as const;
const AVATAR_SIZE = '20px';

export function phoneCell({ data, context }: CellParams): HTMLElement | string {
  if (!data) return '';
  const text = element('span', classes.clipped, ...marked(phoneText(data), context));
  const cell = element('span', classes.phone, text);
  cell.title = data.phone;
  if (needsPhone(data)) cell.append(element('span', classes.badge, 'Needs phone'));
  return cell;
}

/** The name, and a button that opens the lead; by keyboard it is Alt+Enter. */
export function nameCell({ value, data, context }: CellParams): HTMLElement {
  const hasName = typeof value === 'string' && value !== '';
  const name = hasName
    ? element('span', classes.name, ...marked(value, context))
    : element('span', classes.blank, 'No name');
  const open = element('button', classes.open);
  open.ariaLabel = `Open ${hasName ? value : phoneTextOf(data)}`;
  open.tabIndex = -1;
  open.addEventListener('click', () => {
    if (data) context.open(data.key);
  });
  return element('span', classes.nameLine, name, open);
}

function phoneTextOf(data: LeadRow | undefined): string {
  return (data && phoneText(data)) || 'lead';
}

export function stateCell({ data, context }: CellParams): HTMLElement | string {
  if (!data) return '';
  const stage = context.workspace.stages.find(({ id }) => id === data.state.stage);
  const dot = element('span', pill.dot);
  dot.style.background = namedHue(stage?.color ?? 'gray');
  return element('span', pill.pill, dot, stage?.name ?? data.state.stage);
}

export function statusCell({ data }: CellParams): HTMLElement | string {
  if (!data) return '';
  const { status, reason } = data.state;
  const cell = element('span', STATUS_CLASSES[status], STATUS_LABELS[status]);
  if (reason) cell.title = reason;
  return cell;
}

export function assigneeCell({ data, context }: CellParams): HTMLElement {
  const id = data?.assignee;
  if (!id) return element('span', classes.blank, 'Nobody');
  const name = nameOf(id, context);
  const disc = element('span', avatar.avatar, initialsOf(name));
  disc.ariaHidden = 'true';
  disc.style.setProperty('--avatar-hue', hueOf(id));
  disc.style.setProperty('--avatar-size', AVATAR_SIZE);
  return element('span', classes.person, disc, element('span', classes.clipped, name));
}

export function timeCell({ value, context }: CellParams): HTMLElement | string {
  if (typeof value !== 'number') return '';
  const { timeZone } = context.workspace;
  const cell = element('time', classes.time, relativeTime(value, context.now, timeZone));
  cell.setAttribute('datetime', new Date(value).toISOString());
  cell.title = exactTime(value, timeZone);
  return cell;
}

/** A field of the team's own. */
export function customCell({ valueFormatted, context }: CellParams): HTMLElement {
  return element('span', undefined, ...marked(valueFormatted ?? '', context));
}

/** A text in pieces, with what is searched for marked. */
function marked(text: string, { search }: GridContext): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let done = 0;
  for (const [start, end] of highlightRanges(text, search)) {
    pieces.push(text.slice(done, start), element('mark', classes.found, text.slice(start, end)));
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces;
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
export function nameOf(id: string, { workspace }: Pick<GridContext, 'workspace'>): string {
  return workspace.members.find((member) => member.id === id)?.name ?? 'Former member';
}

function element(
  tag: string,
  className: string | undefined,
  ...children: (Node | string)[]
): HTMLElement {
  const created = document.createElement(tag);
  if (className) created.className = className;
  created.append(...children);
  return created;
}
