/** What every form of the welcome screen has: the way back, a title, a refusal and a button. */
import { Alert, Anchor, Button } from '@mantine/core';
import { IconAlertCircle, IconArrowLeft } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import classes from './form-frame.module.css';

interface FormFrameProps {
  title: string;
  lead: string;
  action: string;
  busy: boolean;
  problem: string | null;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
  onBack(): void;
  children: ReactNode;
}

export function FormFrame(props: FormFrameProps) {
  return (
    <form className={classes.form} onSubmit={props.onSubmit} noValidate aria-label={props.title}>
      <Anchor component="button" type="button" className={classes.back} onClick={props.onBack}>
        <IconArrowLeft size={15} /> Back
      </Anchor>
      <h1 className={classes.title}>{props.title}</h1>
      <p className={classes.lead}>{props.lead}</p>
      <div className={classes.fields}>{props.children}</div>
      {props.problem !== null && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} className={classes.problem}>
          {props.problem}
        </Alert>
      )}
      <Button type="submit" size="md" fullWidth loading={props.busy} className={classes.action}>
        {props.action}
      </Button>
    </form>
  );
}
