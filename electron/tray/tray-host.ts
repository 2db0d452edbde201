/** Whether the desktop shows tray icons at all: some Linux desktops don't, and none says so. */
import { execFile } from 'node:child_process';

const ASK_MS = 2000;
const WATCHER = 'org.kde.StatusNotifierWatcher';
const QUESTION = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  WATCHER,
];

export type Ask = (command: string, args: string[]) => Promise<string>;

/** False only where the desktop is asked and says that nothing shows tray icons. */
export async function showsTrayIcons(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  ask: Ask = run,
): Promise<boolean> {
  if (platform !== 'linux' || !env.DBUS_SESSION_BUS_ADDRESS) return true;
  // Unanswered (no gdbus, no bus) is taken for yes: a second launch brings the window back.
  const answer = await ask('gdbus', QUESTION).catch(() => '');
  return !answer.includes('false');
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: ASK_MS }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
