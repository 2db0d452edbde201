/** Who is at work here, the colour scheme, and the way in and out. */
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
  IconUserPlus,
  IconUsersPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Profile } from '../../../shared/ipc/app-contract.ts';
import { Avatar } from '../parts/avatar.tsx';
import { useSession } from '../state/session.ts';
import classes from './account-menu.module.css';
import { InviteDialog } from './invite-dialog.tsx';
import { SignOutDialog, signOutNow } from './sign-out-dialog.tsx';

interface AccountMenuProps {
  profile: Profile;
}

export function AccountMenu({ profile }: AccountMenuProps) {
  const [dialog, setDialog] = useState<'invite' | 'sign-out' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="top-start" width={248} offset={6}>
        <Menu.Target>
          <UnstyledButton className={classes.account} aria-label="Account">
            <Person profile={profile} />
            <IconSelector size={14} className={classes.chevrons} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes.who}>
            <Person profile={profile} withRole />
          </Menu.Label>
          <Menu.Divider />
          <ThemeItems />
          <Menu.Divider />
          {profile.kind === 'alone' ? (
            <AloneItems />
          ) : (
            <TeamItems
              profile={profile}
              onInvite={() => setDialog('invite')}
              onSignOut={() => signOutNow(() => setDialog('sign-out'))}
            />
          )}
        </Menu.Dropdown>
      </Menu>
      <InviteDialog opened={dialog === 'invite'} onClose={close} />
      <SignOutDialog opened={dialog === 'sign-out'} onClose={close} />
    </>
  );
}

interface PersonProps {
  profile: Profile;
  withRole?: boolean;
}

function Person({ profile, withRole = false }: PersonProps) {
  const isAlone = profile.kind === 'alone';
  const name = isAlone ? 'You' : profile.member.name;
  const email = isAlone ? 'Working alone' : profile.member.email;
  return (
    <>
      <Avatar id={isAlone ? 'alone' : profile.member.id} name={name} size={26} />
      <span className={classes.names}>
        <span className={classes.name}>{name}</span>
        <span className={classes.email}>{email}</span>
      </span>
      {withRole && !isAlone && (
        <span className={classes.role}>{profile.member.role === 'admin' ? 'Admin' : 'Agent'}</span>
      )}
    </>
  );
}

function ThemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const onChange = (value: string) =>
    setColorScheme(value === 'light' || value === 'dark' ? value : 'auto');
  return (
    <Menu.RadioGroup value={colorScheme} onChange={onChange}>
      <Menu.Label>Theme</Menu.Label>
      <Menu.RadioItem value="light" rightSection={<IconSun size={16} />}>
        Light
      </Menu.RadioItem>
      <Menu.RadioItem value="dark" rightSection={<IconMoon size={16} />}>
        Dark
      </Menu.RadioItem>
      <Menu.RadioItem value="auto" rightSection={<IconDeviceDesktop size={16} />}>
        System
      </Menu.RadioItem>
    </Menu.RadioGroup>
  );
}

function AloneItems() {
  return (
    <Menu.Item
      leftSection={<IconUsersPlus size={16} />}
      onClick={() => useSession.setState({ choosingTeam: true })}
    >
      Create or join a team
    </Menu.Item>
  );
}

interface TeamItemsProps {
  profile: Extract<Profile, { kind: 'team' }>;
  onInvite(): void;
  onSignOut(): void;
}

function TeamItems({ profile, onInvite, onSignOut }: TeamItemsProps) {
  return (
    <>
      {profile.member.role === 'admin' && profile.signedIn && (
        <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={onInvite}>
          Invite a colleague
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLogout size={16} />} onClick={onSignOut}>
        Sign out
      </Menu.Item>
    </>
  );
}
