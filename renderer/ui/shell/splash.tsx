/** The moment before the window knows whose data it shows. */
import { Mark } from '../brand.tsx';
import classes from './splash.module.css';

export function Splash() {
  return (
    <main className={classes.splash} aria-busy="true" aria-label="Satchel is starting">
      <Mark size={40} />
    </main>
  );
}
