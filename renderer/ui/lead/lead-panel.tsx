/** The page of one lead, beside the table: all that is known, what needs a decision, what can be done. */
import { ActionIcon, Alert, Button, Menu, Skeleton } from '@mantine/core';
import { IconDots, IconPhoneOff, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LeadDetail } from '../../store/store-contract.ts';
import { exactTime, relativeTime } from '../dates.ts';
import { phoneText } from '../leads/phone-text.ts';
import { change } from '../state/changes.ts';
import { closeLead, useOpenLead } from '../state/open-lead.ts';
import { useWorkspace } from '../state/workspace.ts';
import { Conflicts, LateEdits } from './conflicts.tsx';
import { LeadFields } from './lead-fields.tsx';
import classes from './lead-panel.module.css';
import { NumberDialog } from './number-dialog.tsx';

export function LeadPanel() {
  const key = useOpenLead((open) => open.key);
  return key === null ? null : <Panel key={key} />;
}

function Panel() {
  const { detail, isGone, problem } = useOpenLead();
  const panel = useRef<HTMLDivElement>(null);
  const name = detail?.row.name || 'Lead without a name';
  useEffect(() => {
    panel.current?.focus();
  }, []);
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={detail ? name : 'Lead'}
      tabIndex={-1}
      className={classes.panel}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) closeLead();
      }}
    >
      <header className={classes.header}>
        <h2 className={classes.name}>{detail ? name : ''}</h2>
        {detail && <LeadMenu detail={detail} />}
        <ActionIcon aria-label="Close" onClick={closeLead}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className={classes.body}>
        {problem !== null && <Alert color="red">{problem}</Alert>}
        {detail && <Detail detail={detail} />}
        {!detail && isGone && (
          <p className={classes.gone}>This lead was deleted, here or by a colleague.</p>
        )}
        {!detail && !isGone && problem === null && <Loading />}
      </div>
    </div>
  );
}

function Detail({ detail }: { detail: LeadDetail }) {
  const { timeZone } = useWorkspace();
  const { row, formerNumbers, conflicts, lateEdits } = detail;
  return (
    <>
      <Conflicts conflicts={conflicts} />
      <LateEdits edits={lateEdits} />
      <PhoneLine detail={detail} />
      {formerNumbers.length > 0 && (
        <p className={classes.former}>
          Former numbers: {formerNumbers.map(({ phone, key }) => phone || key).join(', ')}
        </p>
      )}
      <LeadFields row={row} />
      <dl className={classes.times}>
        <dt>Created At</dt>
        <dd title={exactTime(row.createdAt, timeZone)}>
          {relativeTime(row.createdAt, Date.now(), timeZone)}
        </dd>
        <dt>Updated At</dt>
        <dd title={exactTime(row.updatedAt, timeZone)}>
          {relativeTime(row.updatedAt, Date.now(), timeZone)}
        </dd>
      </dl>
    </>
  );
}

function PhoneLine({ detail }: { detail: LeadDetail }) {
  const [isOpen, setIsOpen] = useState(false);
  const text = phoneText(detail.row);
  return (
    <div className={classes.phone}>
      {text === '' ? (
        <span className={classes.noPhone}>
          <IconPhoneOff size={16} aria-hidden="true" /> No usable phone number
        </span>
      ) : (
        <span className={classes.number}>{text}</span>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        Change number
      </Button>
      <NumberDialog detail={detail} opened={isOpen} onClose={() => setIsOpen(false)} />
    </div>
  );
}

function LeadMenu({ detail }: { detail: LeadDetail }) {
  const remove = async () => {
    const { key, name } = detail.row;
    const done = await change({ kind: 'deleteLeads', keys: [key] }, `${name || 'Lead'} deleted`);
    if (done) closeLead();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Lead actions">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove()}>
          Delete lead
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="The lead is loading" className={classes.loading}>
      <Skeleton height={14} width="60%" />
      <Skeleton height={14} />
      <Skeleton height={14} width="80%" />
    </div>
  );
}
