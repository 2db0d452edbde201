/** The first screen: what Satchel is, and how to begin. */
import { useState } from 'react';
import { Choices, type WelcomeForm } from './choices.tsx';
import { CreateForm } from './create-form.tsx';
import { JoinForm } from './join-form.tsx';
import { PromisePanel } from './promise-panel.tsx';
import { SignInForm } from './sign-in-form.tsx';
import classes from './welcome.module.css';

export function Welcome() {
  const [form, setForm] = useState<WelcomeForm | null>(null);
  const back = () => setForm(null);
  return (
    <main className={classes.page}>
      <PromisePanel />
      <section className={classes.side} aria-label="Begin">
        <div className={classes.content}>
          {form === null && <Choices onChoose={setForm} />}
          {form === 'create' && <CreateForm onBack={back} />}
          {form === 'join' && <JoinForm onBack={back} />}
          {form === 'sign-in' && <SignInForm onBack={back} />}
        </div>
      </section>
    </main>
  );
}
