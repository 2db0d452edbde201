/** Values that lost against another one, unseen by who entered it: both shown, one click to choose. */
import { Button } from '@mantine/core';
import { IconArrowsSplit2, IconClockEdit } from '@tabler/icons-react';
import { fieldLabel } from '../../../shared/lead/fields.ts';
import type { LateEdit, LeadConflict } from '../../store/store-contract.ts';
import { relativeTime } from '../dates.ts';
import { change } from '../state/changes.ts';
import { useWorkspace } from '../state/workspace.ts';
import classes from './conflicts.module.css';
import { memberName, valueText } from './field-text.ts';

export function Conflicts({ conflicts }: { conflicts: readonly LeadConflict[] }) {
  const open = conflicts.filter(({ resolution }) => resolution === null);
  if (open.length === 0) return null;
  return (
    <section className={classes.list} aria-label="Conflicts">
      {open.map((conflict) => (
        <ConflictCard key={conflict.id} conflict={conflict} />
      ))}
    </section>
  );
}

function ConflictCard({ conflict }: { conflict: LeadConflict }) {
  const workspace = useWorkspace();
  const { id, field, lost, kept, buried, lostBy, keptBy, at } = conflict;
  const label = fieldLabel(field, workspace.fields);
  const take = (which: 'lost' | 'kept', value: string) =>
    void change({ kind: 'resolveConflict', id, take: which }, `${label} is “${value}”`);
  const lostText = valueText(field, lost, workspace);
  const keptText = buried ? 'nothing: the lead was deleted' : valueText(field, kept, workspace);
  return (
    <article className={classes.card} aria-label={`Conflict in ${label}`}>
      <h3 className={classes.title}>
        <IconArrowsSplit2 size={16} aria-hidden="true" />
        {buried
          ? `${label} was changed while the lead was being deleted`
          : `Two people changed ${label} without seeing each other’s`}
        <span className={classes.time}>{relativeTime(at, Date.now(), workspace.timeZone)}</span>
      </h3>
      <dl className={classes.values}>
        <dt>{buried ? 'Now' : `${memberName(keptBy, workspace)} (shown)`}</dt>
        <dd>{keptText}</dd>
        <dt>{memberName(lostBy, workspace)}</dt>
        <dd>{lostText}</dd>
      </dl>
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" onClick={() => take('kept', keptText)}>
          {buried ? 'Leave it' : `Keep “${short(keptText)}”`}
        </Button>
        <Button size="compact-sm" onClick={() => take('lost', lostText)}>
          Use “{short(lostText)}”
        </Button>
      </div>
    </article>
  );
}

/** What others entered under a number that was typed wrong, after it was corrected. */
export function LateEdits({ edits }: { edits: readonly LateEdit[] }) {
  const workspace = useWorkspace();
  if (edits.length === 0) return null;
  return (
    <section className={classes.list} aria-label="Late edits">
      {edits.map(({ record, field, value }) => (
        <article key={`${record} ${field}`} className={classes.card}>
          <h3 className={classes.title}>
            <IconClockEdit size={16} aria-hidden="true" />
            {fieldLabel(field, workspace.fields)} was entered under the former, wrong number
          </h3>
          <p className={classes.text}>{valueText(field, value, workspace)}</p>
          <div className={classes.actions}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void change({ kind: 'dismissLateEdits', record }, 'Left out')}
            >
              Leave it out
            </Button>
            <Button
              size="compact-sm"
              onClick={() => void change({ kind: 'takeLateEdit', record, field }, 'Taken over')}
            >
              Take it
            </Button>
          </div>
        </article>
      ))}
    </section>
  );
}

const SHORT = 24;

function short(text: string): string {
  return text.length <= SHORT ? text : `${text.slice(0, SHORT - 1)}…`;
}
