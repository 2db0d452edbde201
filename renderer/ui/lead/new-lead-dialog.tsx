/** A new lead by hand. While its number is typed, a lead that has it already shows at once. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { FIELD, FIELD_LABELS, type FieldDefinition } from '../../../shared/lead/fields.ts';
import type { Json } from '../../../shared/record/json.ts';
import type { LeadRow } from '../../store/store-contract.ts';
import { flawOf } from '../leads/edit-validation.ts';
import { phoneText } from '../leads/phone-text.ts';
import { change } from '../state/changes.ts';
import { openLead } from '../state/open-lead.ts';
import { useWorkspace } from '../state/workspace.ts';
import { store } from '../store-client.ts';
import classes from './new-lead-dialog.module.css';

interface NewLeadDialogProps {
  opened: boolean;
  onClose(): void;
}

export function NewLeadDialog({ opened, onClose }: NewLeadDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New lead" size={520} centered>
      <NewLeadForm onClose={onClose} />
    </Modal>
  );
}

function NewLeadForm({ onClose }: { onClose(): void }) {
  const { fields } = useWorkspace();
  const [phone, setPhone] = useState('');
  const [texts, setTexts] = useState<Record<string, string>>({});
  const existing = useExisting(phone);
  const isEmpty = phone.trim() === '' && Object.values(texts).every((text) => text.trim() === '');
  const flaws = fields.some(({ id, type }) => flawOf(type, texts[id] ?? '') !== undefined);
  const submit = async () => {
    if (isEmpty || flaws) return;
    const result = await change(
      { kind: 'createLead', phone, values: valuesOf(texts, fields) },
      existing ? 'Added to the lead' : 'Lead created',
    );
    if (!result) return;
    onClose();
    if (result.key !== null) openLead(result.key);
  };
  const input = (id: string) => ({
    value: texts[id] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      setTexts({ ...texts, [id]: event.currentTarget.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={FIELD_LABELS.phone}
          type="tel"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        {existing && <Existing lead={existing} onClose={onClose} />}
        <TextInput label={FIELD_LABELS.name} {...input(FIELD.name)} />
        {fields.map(({ id, label, type }) =>
          type === 'longText' ? (
            <Textarea key={id} label={label} autosize minRows={2} maxRows={6} {...input(id)} />
          ) : (
            <TextInput
              key={id}
              label={label}
              type={type === 'date' ? 'date' : 'text'}
              error={flawOf(type, texts[id] ?? '')}
              {...input(id)}
            />
          ),
        )}
      </Stack>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={isEmpty || flaws}>
          {existing ? 'Add to it' : 'Create lead'}
        </Button>
      </Group>
    </form>
  );
}

function Existing({ lead, onClose }: { lead: LeadRow; onClose(): void }) {
  return (
    <div role="status" className={classes.existing}>
      <span className={classes.text}>
        <b>{lead.name || 'A lead without a name'}</b> has this number already ({phoneText(lead)}).
        What you enter fills its blanks.
      </span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          onClose();
          openLead(lead.key);
        }}
      >
        Open existing
      </Button>
    </div>
  );
}

const LOOK_UP_MS = 150;

/** The lead that has the number that is being typed, if any. */
function useExisting(phone: string): LeadRow | null {
  const [existing, setExisting] = useState<LeadRow | null>(null);
  useEffect(() => {
    let isStale = false;
    const timer = setTimeout(() => {
      const answer = phone.trim() === '' ? null : store.call('leadWithPhone', { phone });
      void Promise.resolve(answer)
        .catch(() => null)
        .then((found) => {
          if (!isStale) setExisting(found);
        });
    }, LOOK_UP_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [phone]);
  return existing;
}

function valuesOf(
  texts: Record<string, string>,
  fields: readonly FieldDefinition[],
): Record<string, Json> {
  const typeOf = (id: string) => fields.find((field) => field.id === id)?.type;
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text.trim() !== '')
      .map(([id, text]) => [id, typeOf(id) === 'number' ? Number(text) : text.trim()]),
  );
}
