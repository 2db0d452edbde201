/** The three ways to begin. */
import { Anchor, Loader, UnstyledButton } from '@mantine/core';
import {
  IconArrowLeft,
  IconChevronRight,
  IconDeviceLaptop,
  IconTicket,
  IconUsers,
} from '@tabler/icons-react';
import { type ComponentType, useId, useState } from 'react';
import { app } from '../app-client.ts';
import { problemOf } from '../problems.ts';
import { enter, useProfile, useSession } from '../state/session.ts';
import classes from './choices.module.css';

export type WelcomeForm = 'create' | 'join' | 'sign-in';

export function Choices({ onChoose }: { onChoose(form: WelcomeForm): void }) {
  const isAlone = useProfile()?.kind === 'alone';
  return (
    <div className={classes.choices}>
      {isAlone && <BackToLeads />}
      <h1 className={classes.title}>{isAlone ? 'Work with a team' : 'Welcome to Satchel'}</h1>
      <p className={classes.lead}>
        {isAlone
          ? 'Share your leads, and keep a copy on the team’s server.'
          : 'How do you want to begin?'}
      </p>
      {!isAlone && <WorkAlone />}
      <Choice
        icon={IconUsers}
        title="Create a team"
        text="Share leads with colleagues. You will be the admin."
        onClick={() => onChoose('create')}
      />
      <Choice
        icon={IconTicket}
        title="Join a team"
        text="With the invitation that a colleague sent you."
        onClick={() => onChoose('join')}
      />
      <p className={classes.footer}>
        Already have an account?{' '}
        <Anchor component="button" type="button" fz="inherit" onClick={() => onChoose('sign-in')}>
          Sign in
        </Anchor>
      </p>
    </div>
  );
}

function BackToLeads() {
  return (
    <Anchor
      component="button"
      type="button"
      className={classes.back}
      onClick={() => useSession.setState({ choosingTeam: false })}
    >
      <IconArrowLeft size={15} /> Back to my leads
    </Anchor>
  );
}

function WorkAlone() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await enter(await app.call('workAlone', {}));
    } catch (error) {
      setProblem(problemOf(error).message);
      setBusy(false);
    }
  };
  return (
    <>
      <Choice
        icon={IconDeviceLaptop}
        title="Work alone"
        text="Your leads stay on this laptop. Join a team whenever you like."
        busy={busy}
        onClick={() => void begin()}
      />
      {problem !== null && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </>
  );
}

interface ChoiceProps {
  icon: ComponentType<{ size: number; stroke: number }>;
  title: string;
  text: string;
  busy?: boolean;
  onClick(): void;
}

function Choice({ icon: Icon, title, text, busy = false, onClick }: ChoiceProps) {
  const id = useId();
  return (
    <UnstyledButton
      className={classes.choice}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      aria-busy={busy}
      onClick={busy ? undefined : onClick}
    >
      <span className={classes.choiceIcon}>
        <Icon size={20} stroke={1.75} />
      </span>
      <span className={classes.choiceWords}>
        <span id={`${id}-title`} className={classes.choiceTitle}>
          {title}
        </span>
        <span id={`${id}-text`} className={classes.choiceText}>
          {text}
        </span>
      </span>
      {busy ? <Loader size={16} /> : <IconChevronRight size={18} className={classes.chevron} />}
    </UnstyledButton>
  );
}
