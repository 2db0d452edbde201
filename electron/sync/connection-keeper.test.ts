import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RemoteError } from '../../shared/ipc/rpc.ts';
import type { Connection } from '../../shared/ipc/sync-contract.ts';
import { Backoff } from './backoff.ts';
import { ConnectionKeeper } from './connection-keeper.ts';
import type { Listener } from './event-stream.ts';

/** Streams that a test opens, feeds and breaks by hand. */
class Streams {
  readonly opened: { listener: Listener; fail: (error: Error) => void; signal: AbortSignal }[] = [];

  open = (_target: unknown, listener: Listener, signal: AbortSignal) =>
    new Promise<never>((_resolve, fail) => {
      signal.addEventListener('abort', () => fail(new RemoteError('offline', 'aborted')));
      this.opened.push({ listener, fail, signal });
    });

  get last() {
    const stream = this.opened.at(-1);
    if (!stream) throw new Error('no stream was opened');
    return stream;
  }
}

const CHANGE = { collection: 'leads', seq: 1 } as const;
let streams: Streams;
let states: string[];
let keeper: ConnectionKeeper;
const changed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  changed.mockReset();
  streams = new Streams();
  states = [];
  keeper = new ConnectionKeeper(
    { server: 'http://server', token: 't' },
    streams.open,
    { connection: ({ state }: Connection) => states.push(state), changed },
    new Backoff(() => 1),
  );
  keeper.start();
});

afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

async function breakLast(code = 'offline') {
  streams.last.fail(new RemoteError(code, 'no answer'));
  await vi.advanceTimersByTimeAsync(0);
}

test('begins by connecting, and is online once the stream is open', () => {
  expect(keeper.connection).toEqual({ state: 'connecting' });
  streams.last.listener.opened();
  streams.last.listener.changed(CHANGE);
  expect(keeper.connection).toEqual({ state: 'online' });
  expect(states).toEqual(['online']);
  expect(changed).toHaveBeenCalledWith(CHANGE);
});

describe('without an answer', () => {
  test('is offline, says why, and tries again later and later', async () => {
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      await breakLast();
      expect(keeper.connection).toEqual({ state: 'offline', detail: 'no answer' });
      const tries = streams.opened.length;
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
      expect(streams.opened).toHaveLength(tries);
      await vi.advanceTimersByTimeAsync(1);
      expect(streams.opened).toHaveLength(tries + 1);
    }
    expect(states).toEqual(['offline']);
  });

  test('is online again once a try works, and told so', async () => {
    streams.last.listener.opened();
    await breakLast();
    await vi.advanceTimersByTimeAsync(1000);
    streams.last.listener.opened();
    expect(states).toEqual(['online', 'offline', 'online']);
  });

  test('a stream that lasted makes the next wait a short one', async () => {
    for (let failures = 0; failures < 5; failures++) {
      await breakLast();
      await vi.advanceTimersByTimeAsync(30_000);
    }
    streams.last.listener.opened();
    await vi.advanceTimersByTimeAsync(60_000);
    await breakLast();
    const tries = streams.opened.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(streams.opened).toHaveLength(tries + 1);
  });

  test('a server that accepts and hangs up at once is not asked every second', async () => {
    for (let failures = 0; failures < 5; failures++) {
      streams.last.listener.opened();
      await breakLast();
      await vi.advanceTimersByTimeAsync(30_000);
    }
    streams.last.listener.opened();
    await breakLast();
    const tries = streams.opened.length;
    await vi.advanceTimersByTimeAsync(29_000);
    expect(streams.opened).toHaveLength(tries);
  });

  test('an error that nobody thought of does not end the tries', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    streams.last.fail(new TypeError('surprise'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(streams.opened).toHaveLength(2);
    said.mockRestore();
  });
});

describe('reconnecting', () => {
  test('ends the wait', async () => {
    await breakLast();
    keeper.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    expect(streams.opened).toHaveLength(2);
    expect(states).toEqual(['offline', 'connecting']);
  });

  test('replaces a stream that looks fine, at once', async () => {
    streams.last.listener.opened();
    const { signal } = streams.last;
    keeper.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    expect(signal.aborted).toBe(true);
    streams.last.listener.opened();
    expect(streams.opened).toHaveLength(2);
    expect(states).toEqual(['online', 'connecting', 'online']);
  });
});

describe('a refused token', () => {
  test('ends the tries', async () => {
    await breakLast('unauthorized');
    expect(keeper.connection).toEqual({ state: 'signed-out', detail: 'no answer' });
    keeper.reconnect();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(streams.opened).toHaveLength(1);
    expect(states).toEqual(['signed-out']);
  });

  test('may be noticed by a push or pull', async () => {
    streams.last.listener.opened();
    keeper.refuse('signed out elsewhere');
    keeper.refuse('again');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(streams.last.signal.aborted).toBe(true);
    expect(states).toEqual(['online', 'signed-out']);
  });
});

test('once stopped, it says and does nothing more', async () => {
  const { listener } = streams.last;
  keeper.stop();
  listener.opened();
  listener.changed(CHANGE);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(states).toEqual([]);
  expect(changed).not.toHaveBeenCalled();
  expect(streams.opened).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('too old for the server, it waits until somebody asks for another try (S11)', async () => {
  await breakLast('app-too-old');
  expect(keeper.connection).toMatchObject({ state: 'outdated' });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(streams.opened).toHaveLength(1);
  keeper.reconnect();
  await vi.advanceTimersByTimeAsync(0);
  expect(streams.opened).toHaveLength(2);
  streams.last.listener.opened();
  expect(keeper.connection).toEqual({ state: 'online' });
});

test('found too old by a push, an open stream ends too (S11)', async () => {
  streams.last.listener.opened();
  keeper.outdate('Update Satchel.');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(streams.opened).toHaveLength(1);
  expect(keeper.connection).toEqual({ state: 'outdated', detail: 'Update Satchel.' });
});

test('a revoked device never tries again (S12)', async () => {
  await breakLast('revoked');
  expect(keeper.connection).toMatchObject({ state: 'revoked' });
  keeper.reconnect();
  keeper.refuse('later');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(streams.opened).toHaveLength(1);
  expect(keeper.connection).toMatchObject({ state: 'revoked' });
});
