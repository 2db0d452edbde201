/** The left half of the welcome screen: the promise, and a picture of it. */
import { Mark } from '../brand.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { StagePill } from '../parts/stage-pill.tsx';
import classes from './promise-panel.module.css';

export function PromisePanel() {
  return (
    <section className={classes.panel} aria-label="Satchel">
      <div className={classes.brand}>
        <Mark size={30} />
        <span className={classes.name}>Satchel</span>
      </div>
      <Picture />
      <div>
        <p className={classes.promise}>
          One phone number, one lead.
          <br />
          Online or off.
        </p>
        <p className={classes.text}>
          Bring in any list. Satchel makes one lead of every number, works without a connection, and
          catches up with your team when you are back.
        </p>
      </div>
    </section>
  );
}

/** Two sources, one lead. */
function Picture() {
  return (
    <div className={classes.picture} aria-hidden="true">
      <div className={classes.sources}>
        <Source title="fair-contacts.csv" phone="(415) 555-0134" name="Ana Souza" />
        <Source title="website-form.csv" phone="+1 415 555 0134" name="A. Souza" />
      </div>
      <svg
        aria-hidden="true"
        className={classes.lines}
        viewBox="0 0 320 44"
        fill="none"
        preserveAspectRatio="none"
      >
        <path d="M76 0v10a12 12 0 0 0 12 12h60a12 12 0 0 1 12 12v10" />
        <path d="M244 0v10a12 12 0 0 1-12 12h-60a12 12 0 0 0-12 12v10" />
      </svg>
      <div className={classes.lead}>
        <Avatar id="souza" name="Ana Souza" size={32} />
        <span className={classes.leadWords}>
          <span className={classes.leadName}>Ana Souza</span>
          <span className={classes.leadPhone}>+1 415 555 0134</span>
        </span>
        <StagePill name="Qualified" color="violet" />
      </div>
    </div>
  );
}

interface SourceProps {
  title: string;
  name: string;
  phone: string;
}

function Source({ title, name, phone }: SourceProps) {
  return (
    <div className={classes.source}>
      <span className={classes.sourceTitle}>{title}</span>
      <span>{name}</span>
      <span className={classes.sourcePhone}>{phone}</span>
    </div>
  );
}
