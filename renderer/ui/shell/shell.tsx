/** The frame of the app: sidebar, header and the table of leads. */

import { LeadPanel } from '../lead/lead-panel.tsx';
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
        <div className={classes.work}>
          <LeadsView />
          <LeadPanel />
        </div>
      </main>
    </div>
  );
}
