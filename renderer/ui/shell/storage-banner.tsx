/** A warning across the top while the disk is nearly full. */
import { CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { dismissStorageProblem, useStorage } from '../state/storage.ts';
import classes from './storage-banner.module.css';

export function StorageBanner() {
  const problem = useStorage((storage) => storage.problem);
  if (problem === null) return null;
  return (
    <div role="alert" className={classes.banner}>
      <IconAlertTriangle size={16} className={classes.icon} />
      <span className={classes.text}>{problem}</span>
      <CloseButton size="sm" aria-label="Dismiss" onClick={dismissStorageProblem} />
    </div>
  );
}
