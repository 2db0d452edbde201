/** The title bar of a view: its name, how sync stands, and what can be done. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconRefresh, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { NewLeadDialog } from '../lead/new-lead-dialog.tsx';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { undo } from '../state/changes.ts';
import { chooseFile } from '../state/imports.ts';
import { reloadLeads } from '../state/leads.ts';
import { syncNow, useSync } from '../state/sync.ts';
import classes from './header.module.css';
import { SyncIndicator } from './sync-indicator.tsx';

export function Header() {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>All leads</h1>
      <div className={classes.actions}>
        <SyncIndicator />
        <span className={classes.divider} />
        <UndoButton />
        <RefreshButton />
        <NewLeadButton />
        <Button leftSection={<IconUpload size={16} />} onClick={() => void chooseFile()}>
          Bulk Upload
        </Button>
      </div>
    </header>
  );
}

function UndoButton() {
  return (
    <Tooltip label="Take back the last change (Ctrl+Z)">
      <ActionIcon size="lg" aria-label="Undo" onClick={() => void undo()}>
        <IconArrowBackUp size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function NewLeadButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={() => setIsOpen(true)}
      >
        New lead
      </Button>
      <NewLeadDialog opened={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}

function RefreshButton() {
  const refreshing = useSync((sync) => sync.refreshing);
  return (
    <Tooltip label="Fetch what is new, and send what waits">
      <Button
        variant="default"
        leftSection={
          <IconRefresh size={16} className={refreshing ? classes.spinning : undefined} />
        }
        aria-busy={refreshing}
        onClick={() => void refresh()}
      >
        Refresh
      </Button>
    </Tooltip>
  );
}

async function refresh(): Promise<void> {
  if (useSync.getState().refreshing) return;
  try {
    await syncNow();
  } catch (error) {
    notifyProblem('Could not refresh', problemOf(error).message);
  }
  reloadLeads();
}
