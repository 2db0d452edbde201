import { describe, expect, test, vi } from 'vitest';
import type { Profile } from '../../shared/ipc/app-contract.ts';
import { statusLine } from './status-line.ts';
import { showsTrayIcons } from './tray-host.ts';

const BUS = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' };
const answers = (text: string) => () => Promise.resolve(text);

describe('whether tray icons are shown', () => {
  test('a Linux desktop is asked', async () => {
    expect(await showsTrayIcons('linux', BUS, answers('(true,)'))).toBe(true);
    expect(await showsTrayIcons('linux', BUS, answers('(false,)'))).toBe(false);
  });

  test('no answer is no reason to go without', async () => {
    const missing = () => Promise.reject(new Error('spawn gdbus ENOENT'));
    expect(await showsTrayIcons('linux', BUS, missing)).toBe(true);
  });

  test('without a bus, or elsewhere, nobody is asked', async () => {
    const ask = vi.fn();
    expect(await showsTrayIcons('linux', {}, ask)).toBe(true);
    expect(await showsTrayIcons('darwin', BUS, ask)).toBe(true);
    expect(await showsTrayIcons('win32', BUS, ask)).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('the status line', () => {
  const place = { country: 'MX', timeZone: 'UTC' };
  const alone: Profile = { kind: 'alone', store: 'satchel-alone', ...place };
  const team: Profile = {
    ...{ kind: 'team', store: 'satchel-1', server: 'http://s', signedIn: true, ...place },
    team: { id: 't', name: 'Lamps' },
    member: { id: 'm', name: 'Ana', email: 'ana@example.com', role: 'agent' },
  };

  test('says in a few words how things stand (S11, S12)', () => {
    expect(statusLine(null, undefined)).toBe('Not set up yet');
    expect(statusLine(alone, undefined)).toBe('Working alone');
    expect(statusLine(team, { state: 'online' })).toBe('Syncing with Lamps');
    expect(statusLine(team, { state: 'connecting' })).toBe('Connecting…');
    expect(statusLine(team, { state: 'offline', detail: '' })).toContain('Offline');
    expect(statusLine(team, { state: 'signed-out', detail: '' })).toContain('Signed out');
    expect(statusLine(team, { state: 'outdated', detail: '' })).toContain('Update');
    expect(statusLine(team, { state: 'revoked', detail: '' })).toContain('withdrawn');
  });
});
