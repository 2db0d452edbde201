/** Signing in again to the team whose leads are open. */
import { Alert, Button, Group, Modal, PasswordInput, Text, TextInput } from '@mantine/core';
import type { Profile } from '../../../shared/ipc/app-contract.ts';
import { signInSchema } from '../../../shared/protocol/accounts.ts';
import { app } from '../app-client.ts';
import { enter, useProfile, useSession } from '../state/session.ts';
import { serverName } from '../welcome/server-address.ts';
import { useAccountForm } from '../welcome/use-account-form.ts';
import classes from './sign-in-dialog.module.css';

const close = () => useSession.setState({ signingIn: false });
const formSchema = signInSchema.pick({ email: true, password: true });

export function SignInDialog() {
  const opened = useSession((session) => session.signingIn);
  const profile = useProfile();
  const team = profile?.kind === 'team' ? profile : null;
  return (
    <Modal opened={opened && team !== null} onClose={close} title="Sign in" size={420} centered>
      {team && <SignIn profile={team} />}
    </Modal>
  );
}

function SignIn({ profile }: { profile: Extract<Profile, { kind: 'team' }> }) {
  const { form, busy, problem, submit } = useAccountForm({
    initialValues: { email: profile.member.email, password: '' },
    schema: formSchema,
    send: (values) => app.call('signIn', { ...values, server: profile.server }),
    proceed: enter,
  });
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Text size="sm" c="dimmed">
        {profile.team.name} on {serverName(profile.server)}
      </Text>
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label="Password"
        data-autofocus
        autoComplete="current-password"
        {...form.getInputProps('password')}
      />
      {problem !== null && <Alert color="red">{problem}</Alert>}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" onClick={close}>
          Not now
        </Button>
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
      </Group>
    </form>
  );
}
