/** When the leads can't be opened: what happened, and the way on. */
import { Button } from '@mantine/core';
import { IconDatabaseExclamation } from '@tabler/icons-react';
import { useSession } from '../state/session.ts';
import classes from './failure.module.css';

export function Failure() {
  const problem = useSession((session) => session.problem);
  return (
    <main className={classes.page}>
      <div className={classes.card} role="alert">
        <IconDatabaseExclamation size={32} stroke={1.5} className={classes.icon} />
        <h1 className={classes.title}>Your leads could not be opened</h1>
        <p className={classes.text}>{problem}</p>
        <p className={classes.text}>
          Nothing was deleted. Make sure that there is free space on the disk and that Satchel is
          open only once, then try again.
        </p>
        {/* A fresh page also brings a fresh store worker. */}
        <Button onClick={() => location.reload()}>Try again</Button>
      </div>
    </main>
  );
}
