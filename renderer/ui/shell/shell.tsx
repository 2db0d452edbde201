/** The frame of the app: sidebar, header and the table of leads. */
import { LeadsView } from '../leads/leads-view.tsx';
import { Header } from './header.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { StorageBanner } from './storage-banner.tsx';

export function Shell() {
  return (
    <div className={classes.shell}>
      <Sidebar />
      <main className={classes.main}>
        <Header />
        <StorageBanner />
        <LeadsView />
      </main>
    </div>
  );
}
