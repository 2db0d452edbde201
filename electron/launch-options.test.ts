import { expect, test } from 'vitest';
import { launchOptions } from './launch-options.ts';

test.each([
  ['http://127.0.0.1:4747/', 'http://127.0.0.1:4747'],
  ['https://Leads.Example.com/team/', 'https://leads.example.com/team'],
  ['', ''],
  ['example.com', ''],
  ['javascript:alert(1)', ''],
])('--server-hint=%s fills in "%s"', (given, serverHint) => {
  const switchValue = (name: string) => (name === 'server-hint' ? given : '');
  expect(launchOptions(switchValue)).toEqual({ serverHint });
});
