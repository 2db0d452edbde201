/** Signing out while changes wait to be sent: said once, before. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { countOf } from '../format.ts';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { signOut } from '../state/session.ts';
import { useSync } from '../state/sync.ts';

interface SignOutDialogProps {
  opened: boolean;
  onClose(): void;
}

export function SignOutDialog({ opened, onClose }: SignOutDialogProps) {
  const waiting = useSync(({ status }) => ('waiting' in status ? status.waiting : 0));
  return (
    <Modal opened={opened} onClose={onClose} title="Sign out" size={440} centered>
      <Text size="sm" c="dimmed">
        {countOf(waiting, 'change')} {waiting === 1 ? 'has' : 'have'} not reached the team yet. They
        stay on this laptop and are sent after you sign in again.
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          Stay signed in
        </Button>
        <Button onClick={() => void signOutSafely().then(onClose)}>Sign out</Button>
      </Group>
    </Modal>
  );
}

/** Signs out, unless changes wait: then asks first. */
export function signOutNow(ask: () => void): void {
  const { status } = useSync.getState();
  if ('waiting' in status && status.waiting > 0) ask();
  else void signOutSafely();
}

async function signOutSafely(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    notifyProblem('Could not sign out', problemOf(error).message);
  }
}
