/** A number that changed: whether it was always wrong, or is a new one, decides what becomes of it. */
import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Command, LeadDetail } from '../../store/store-contract.ts';
import { needsPhone, phoneText } from '../leads/phone-text.ts';
import { change } from '../state/changes.ts';
import { openLead } from '../state/open-lead.ts';

type How = Extract<Command, { kind: 'changeNumber' }>['how'];

interface NumberDialogProps {
  detail: LeadDetail;
  opened: boolean;
  onClose(): void;
}

export function NumberDialog({ detail, opened, onClose }: NumberDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Change number" size={460} centered>
      <NumberForm detail={detail} onClose={onClose} />
    </Modal>
  );
}

function NumberForm({ detail, onClose }: Omit<NumberDialogProps, 'opened'>) {
  const { row } = detail;
  const hasNumber = !needsPhone(row);
  const [phone, setPhone] = useState('');
  const [how, setHow] = useState<How>(hasNumber ? 'newNumber' : 'typedWrong');
  const submit = async () => {
    const command = { kind: 'changeNumber', key: row.key, phone, how } as const;
    const result = await change(command, `Number of ${row.name || 'the lead'} changed`);
    if (!result) return;
    onClose();
    if (result.key !== null) openLead(result.key);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="New phone number"
          description={hasNumber ? `Now ${phoneText(row)}` : 'This lead has no usable number yet'}
          type="tel"
          required
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        {hasNumber && (
          <Radio.Group
            label="What happened?"
            value={how}
            onChange={(value) => setHow(value === 'typedWrong' ? 'typedWrong' : 'newNumber')}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                size="xs"
                value="newNumber"
                label="New number"
                description="The customer has another number now. The old one still leads here."
              />
              <Radio
                size="xs"
                value="typedWrong"
                label="Typed wrong"
                description="It was never theirs. The wrong number is free for its true owner."
              />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={phone.trim() === ''}>
          Change number
        </Button>
      </Group>
    </form>
  );
}
