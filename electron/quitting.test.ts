import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Quitting } from './quitting.ts';

const askWindow = vi.fn();
const quit = vi.fn();
const event = { preventDefault: vi.fn() };
let quitting: Quitting;

beforeEach(() => {
  vi.useFakeTimers();
  for (const mock of [askWindow, quit, event.preventDefault]) mock.mockReset();
  quitting = new Quitting({ askWindow, quit }, 5000);
});
afterEach(() => void vi.useRealTimers());

test('waits until the page has settled', () => {
  quitting.expectAnswer();
  quitting.beforeQuit(event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(askWindow).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(4999);
  expect(quit).not.toHaveBeenCalled();
  expect(quitting).toMatchObject({ hasBegun: true, isLeaving: false });
  quitting.settled();
  expect(quit).toHaveBeenCalledOnce();
  expect(quitting.isLeaving).toBe(true);
  quitting.beforeQuit(event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
});

test('waits no longer than the limit', () => {
  quitting.expectAnswer();
  quitting.beforeQuit(event);
  vi.advanceTimersByTime(5000);
  expect(quit).toHaveBeenCalledOnce();
  quitting.settled();
  vi.advanceTimersByTime(60_000);
  expect(quit).toHaveBeenCalledOnce();
});

test('a second wish to quit neither asks again nor gets past the wait', () => {
  quitting.expectAnswer();
  quitting.beforeQuit(event);
  quitting.beforeQuit(event);
  expect(event.preventDefault).toHaveBeenCalledTimes(2);
  expect(askWindow).toHaveBeenCalledOnce();
  expect(quit).not.toHaveBeenCalled();
});

test('a page that has not begun its work is not waited for', () => {
  quitting.beforeQuit(event);
  expect(askWindow).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(quit).toHaveBeenCalledOnce();
});

test('a page that goes while it is waited for ends the wait', () => {
  quitting.expectAnswer();
  quitting.beforeQuit(event);
  quitting.expectNoAnswer();
  expect(quit).toHaveBeenCalledOnce();
});

test('a page that settles unasked, or goes, does not quit the app', () => {
  quitting.expectAnswer();
  quitting.settled();
  quitting.expectNoAnswer();
  vi.advanceTimersByTime(60_000);
  expect(quit).not.toHaveBeenCalled();
  expect(quitting.hasBegun).toBe(false);
});
