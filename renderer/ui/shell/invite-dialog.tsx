/** An invitation to hand on to a colleague. */
import { Button, Group, Loader, Modal, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { app } from '../app-client.ts';
import { exactTime } from '../dates.ts';
import { problemOf } from '../problems.ts';
import { useWorkspace } from '../state/workspace.ts';
import classes from './invite-dialog.module.css';

interface InviteDialogProps {
  opened: boolean;
  onClose(): void;
}

export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite a colleague" size={520} centered>
      <Invitation onClose={onClose} />
    </Modal>
  );
}

type Made = { invitation: string; expiresAt: number };

function Invitation({ onClose }: { onClose(): void }) {
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const make = () => {
    setProblem(null);
    app
      .call('invite', {})
      .then(setMade)
      .catch((error: unknown) => setProblem(problemOf(error).message));
  };
  useEffect(make, []);
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        Send this invitation to one colleague. In Satchel they choose <b>Join a team</b> and paste
        it.
      </Text>
      {made ? <InvitationField invitation={made.invitation} /> : <Pending problem={problem} />}
      <Group justify="space-between" gap="xs" mt="lg">
        <Expiry at={made?.expiresAt} />
        {problem !== null && (
          <Button variant="default" onClick={make}>
            Try again
          </Button>
        )}
        <Button variant={made ? 'default' : 'filled'} onClick={onClose}>
          Done
        </Button>
      </Group>
    </>
  );
}

function Pending({ problem }: { problem: string | null }) {
  if (problem === null) return <Loader size="sm" aria-label="Making an invitation" />;
  return (
    <p role="alert" className={classes.problem}>
      {problem}
    </p>
  );
}

function Expiry({ at }: { at: number | undefined }) {
  const timeZone = useWorkspace((workspace) => workspace.timeZone);
  return (
    <Text size="xs" c="dimmed">
      {at === undefined ? '' : `Works once, until ${exactTime(at, timeZone)}`}
    </Text>
  );
}

function InvitationField({ invitation }: { invitation: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void app.call('copyText', { text: invitation }).then(() => setCopied(true));
  return (
    <div className={classes.row}>
      <TextInput
        aria-label="Invitation"
        value={invitation}
        readOnly
        className={classes.field}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        data-autofocus
        onClick={copy}
        leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
