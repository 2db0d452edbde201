/** Joining a colleague's team by the invitation they sent. */
import { PasswordInput, TextInput } from '@mantine/core';
import { parseInvitation } from '../../../shared/protocol/accounts.ts';
import { app } from '../app-client.ts';
import { joinFormSchema } from './account-schemas.ts';
import { BringLeads, useBringing } from './bring-leads.tsx';
import { FormFrame } from './form-frame.tsx';
import { serverName } from './server-address.ts';
import { useAccountForm } from './use-account-form.ts';

export function JoinForm({ onBack }: { onBack(): void }) {
  const bringing = useBringing();
  const { form, ...account } = useAccountForm({
    initialValues: { invitation: '', name: '', email: '', password: '' },
    schema: joinFormSchema,
    send: (values) => app.call('joinTeam', { ...values, invitation: values.invitation.trim() }),
    proceed: bringing.proceed,
  });
  const invited = parseInvitation(form.values.invitation);
  return (
    <FormFrame
      title="Join a team"
      lead="Paste the invitation a colleague sent you."
      action="Join team"
      busy={account.busy}
      problem={account.problem}
      onSubmit={account.submit}
      onBack={onBack}
    >
      <TextInput
        label="Invitation"
        autoFocus
        description={invited && `For a team on ${serverName(invited.server)}`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('invitation')}
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
