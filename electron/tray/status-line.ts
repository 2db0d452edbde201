/** How sync stands, in the few words that a tray menu has room for. */
import type { Profile } from '../../shared/ipc/app-contract.ts';
import type { Connection } from '../../shared/ipc/sync-contract.ts';

export function statusLine(profile: Profile | null, connection: Connection | undefined): string {
  if (profile === null) return 'Not set up yet';
  if (profile.kind === 'alone' || connection === undefined) return 'Working alone';
  switch (connection.state) {
    case 'online':
      return `Syncing with ${profile.team.name}`;
    case 'connecting':
      return 'Connecting…';
    case 'offline':
      return 'Offline: changes are kept on this laptop';
    case 'signed-out':
      return 'Signed out: sign in to sync';
    case 'outdated':
      return 'Update needed to sync';
    case 'revoked':
      return 'Access to the team was withdrawn';
  }
}
