/** Rejected rows for the clipboard, to put them right in the file. */
import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { RejectedRow } from '../../../shared/ipc/import-contract.ts';
import { app } from '../app-client.ts';
import { notifyProblem } from '../notify.tsx';
import { problemOf } from '../problems.ts';
import { rejectedText } from './rejected-text.ts';

interface CopyRejectedProps {
  rows: readonly RejectedRow[];
  /** Of which `rows` are the first. */
  total: number;
}

export function CopyRejected({ rows, total }: CopyRejectedProps) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void app
      .call('copyText', { text: rejectedText(rows, total) })
      .then(() => setCopied(true))
      .catch((error: unknown) => notifyProblem('Could not copy', problemOf(error).message));
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      onClick={copy}
    >
      {copied ? 'Copied' : 'Copy rejected rows'}
    </Button>
  );
}
