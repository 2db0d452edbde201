/** How this laptop stands with the team server: always in sight, details on a click. */
import { Button, Popover, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDeviceLaptop,
  IconLogin,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { SyncStatus } from '../../store/store-contract.ts';
import { useSession } from '../state/session.ts';
import { useSync } from '../state/sync.ts';
import { type SyncWords, syncWords } from '../state/sync-words.ts';
import { useWorkspace } from '../state/workspace.ts';
import classes from './sync-indicator.module.css';

const ICONS: Record<SyncStatus['state'], ComponentType<{ size: number; stroke?: number }>> = {
  alone: IconDeviceLaptop,
  synced: IconCloudCheck,
  syncing: IconCloudUp,
  offline: IconCloudOff,
  'signed-out': IconLogin,
  outdated: IconCloudOff,
  revoked: IconAlertTriangle,
  problem: IconAlertTriangle,
};

export function SyncIndicator() {
  const status = useSync((sync) => sync.status);
  const timeZone = useWorkspace((workspace) => workspace.timeZone);
  const words = syncWords(status, timeZone);
  return (
    <>
      <Popover position="bottom-end" width={300} offset={6} withRoles={false}>
        <div role="status" aria-label="Sync status">
          <Popover.Target>
            <StatusButton state={status.state} words={words} />
          </Popover.Target>
        </div>
        <Popover.Dropdown>
          <Details state={status.state} words={words} />
        </Popover.Dropdown>
      </Popover>
      {status.state === 'signed-out' && (
        <Button variant="light" onClick={() => useSession.setState({ signingIn: true })}>
          Sign in
        </Button>
      )}
    </>
  );
}

interface StatusProps {
  state: SyncStatus['state'];
  words: SyncWords;
}

function StatusButton({ state, words, ...target }: StatusProps) {
  const Icon = ICONS[state];
  return (
    <UnstyledButton {...target} className={classes.status} data-tone={words.tone}>
      <Icon size={16} stroke={1.75} />
      <span>{words.short}</span>
    </UnstyledButton>
  );
}

function Details({ state, words }: StatusProps) {
  return (
    <div className={classes.details}>
      <strong className={classes.detailsTitle}>{words.title}</strong>
      <span className={classes.detailsText}>{words.detail.trim()}</span>
      {state === 'alone' && (
        <Button
          size="xs"
          variant="light"
          onClick={() => useSession.setState({ choosingTeam: true })}
        >
          Create or join a team
        </Button>
      )}
    </div>
  );
}
