/** A new team on a server. */
import { PasswordInput, TextInput } from '@mantine/core';
import { app } from '../app-client.ts';
import { useSession } from '../state/session.ts';
import { createFormSchema } from './account-schemas.ts';
import { BringLeads, useBringing } from './bring-leads.tsx';
import { FormFrame } from './form-frame.tsx';
import { normalizeServer } from './server-address.ts';
import { useAccountForm } from './use-account-form.ts';

export function CreateForm({ onBack }: { onBack(): void }) {
  const hint = useSession((session) => session.app?.serverHint ?? '');
  const bringing = useBringing();
  const { form, ...account } = useAccountForm({
    initialValues: { server: hint, teamName: '', name: '', email: '', password: '' },
    schema: createFormSchema,
    send: (values) => app.call('createTeam', { ...values, server: normalizeServer(values.server) }),
    proceed: bringing.proceed,
  });
  return (
    <FormFrame
      title="Create a team"
      lead="You become its admin and can invite colleagues."
      action="Create team"
      busy={account.busy}
      problem={account.problem}
      onSubmit={account.submit}
      onBack={onBack}
    >
      <TextInput label="Server address" inputMode="url" {...form.getInputProps('server')} />
      <TextInput
        label="Team name"
        data-autofocus
        autoFocus
        autoComplete="organization"
        {...form.getInputProps('teamName')}
      />
      <TextInput label="Your name" autoComplete="name" {...form.getInputProps('name')} />
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label="Password"
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <BringLeads bringing={bringing} />
    </FormFrame>
  );
}
