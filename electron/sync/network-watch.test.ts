import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchNetwork } from './network-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('calls when the network comes back, not when it goes or stays', () => {
  let isOnline = true;
  const onReturn = vi.fn();
  const stop = watchNetwork({ isOnline: () => isOnline, onWake: () => {} }, onReturn);
  vi.advanceTimersByTime(10_000);
  isOnline = false;
  vi.advanceTimersByTime(10_000);
  expect(onReturn).not.toHaveBeenCalled();
  isOnline = true;
  vi.advanceTimersByTime(10_000);
  expect(onReturn).toHaveBeenCalledOnce();
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('calls when the laptop wakes up', () => {
  let wake = () => {};
  const onReturn = vi.fn();
  watchNetwork({ isOnline: () => true, onWake: (listener) => (wake = listener) }, onReturn)();
  wake();
  expect(onReturn).toHaveBeenCalledOnce();
});
