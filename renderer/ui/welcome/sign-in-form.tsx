/** Coming back to a team one belongs to already. */
import { PasswordInput, TextInput } from '@mantine/core';
import { app } from '../app-client.ts';
import { enter, useSession } from '../state/session.ts';
import { signInFormSchema } from './account-schemas.ts';
import { FormFrame } from './form-frame.tsx';
import { normalizeServer } from './server-address.ts';
import { useAccountForm } from './use-account-form.ts';

export function SignInForm({ onBack }: { onBack(): void }) {
  const hint = useSession((session) => session.app?.serverHint ?? '');
  const { form, ...account } = useAccountForm({
    initialValues: { server: hint, email: '', password: '' },
    schema: signInFormSchema,
    send: (values) => app.call('signIn', { ...values, server: normalizeServer(values.server) }),
    proceed: enter,
  });
  return (
    <FormFrame
      title="Sign in"
      lead="Your leads on this laptop are where you left them."
      action="Sign in"
      busy={account.busy}
      problem={account.problem}
      onSubmit={account.submit}
      onBack={onBack}
    >
      <TextInput label="Server address" inputMode="url" {...form.getInputProps('server')} />
      <TextInput
        label="Email"
        type="email"
        autoFocus
        autoComplete="username"
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        {...form.getInputProps('password')}
      />
    </FormFrame>
  );
}
