/** What the command line says to the app itself. */
import { isWebAddress } from '../shared/protocol/addresses.ts';
import { normalServer } from './session/store-name.ts';

export interface LaunchOptions {
  /** Address filled in for a new team, '' where none was given. */
  serverHint: string;
}

export function launchOptions(switchValue: (name: string) => string): LaunchOptions {
  const hint = switchValue('server-hint');
  return { serverHint: isWebAddress(hint) ? normalServer(hint) : '' };
}
