/** The left edge: whose leads these are, the views on them, and the account. */
import { UnstyledButton } from '@mantine/core';
import { IconAddressBook, IconUsersPlus } from '@tabler/icons-react';
import { Mark } from '../brand.tsx';
import { formatCount } from '../format.ts';
import { ImportTicker } from '../import/import-ticker.tsx';
import { goToPage, useLeads } from '../state/leads.ts';
import { useProfile, useSession } from '../state/session.ts';
import { AccountMenu } from './account-menu.tsx';
import classes from './sidebar.module.css';

export function Sidebar() {
  const profile = useProfile();
  if (profile === null) return null;
  const isAlone = profile.kind === 'alone';
  return (
    <aside className={classes.sidebar} aria-label="Sidebar">
      <div className={classes.workspace}>
        <Mark size={24} />
        <span className={classes.workspaceName}>
          {isAlone ? 'On this laptop' : profile.team.name}
        </span>
      </div>
      <nav className={classes.nav} aria-label="Views">
        <AllLeads />
      </nav>
      <div className={classes.bottom}>
        <ImportTicker />
        {isAlone && <TeamLink />}
        <AccountMenu profile={profile} />
      </div>
    </aside>
  );
}

function AllLeads() {
  const total = useLeads((leads) => leads.page?.all);
  return (
    <UnstyledButton className={classes.item} aria-current="page" onClick={() => goToPage(0)}>
      <IconAddressBook size={17} stroke={1.75} />
      <span className={classes.itemLabel}>All leads</span>
      <span className={classes.count}>{total === undefined ? '' : formatCount(total)}</span>
    </UnstyledButton>
  );
}

function TeamLink() {
  return (
    <UnstyledButton
      className={classes.item}
      onClick={() => useSession.setState({ choosingTeam: true })}
    >
      <IconUsersPlus size={17} stroke={1.75} />
      <span className={classes.itemLabel}>Create or join a team</span>
    </UnstyledButton>
  );
}
