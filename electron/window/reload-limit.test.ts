import { expect, test } from 'vitest';
import { ReloadLimit } from './reload-limit.ts';

test('three reloads a minute, then somebody is asked', () => {
  let now = 0;
  const limit = new ReloadLimit(() => now);
  expect([limit.allow(), limit.allow(), limit.allow(), limit.allow()]).toEqual([
    ...[true, true, true, false],
  ]);
  now = 59_999;
  expect(limit.allow()).toBe(false);
  now = 60_001;
  expect(limit.allow()).toBe(true);
});

test('asked and told to go on, it counts from the start', () => {
  const limit = new ReloadLimit(() => 0);
  while (limit.allow());
  limit.reset();
  expect(limit.allow()).toBe(true);
});
