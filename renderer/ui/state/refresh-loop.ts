/** Asks again when something changed: one request in flight at most, and never in a hurry. */

export interface RefreshLoop {
  /** Something changed: runs as soon as the gap since the last run allows. */
  request(): void;
  /** A person waits: runs at once, or right after what is in flight. */
  now(): void;
}

/** @param minGapMs least time between the beginnings of two requested runs */
export function createRefreshLoop(run: () => Promise<void>, minGapMs: number): RefreshLoop {
  let running = false;
  let again: 'no' | 'later' | 'now' = 'no';
  let lastStart = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function start(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running = true;
    again = 'no';
    lastStart = performance.now();
    await run().catch(() => undefined);
    running = false;
    if (wanted() === 'now') void start();
    else if (wanted() === 'later') wait();
  }

  // Read anew after the run: `again` changes while it is awaited.
  function wanted(): typeof again {
    return again;
  }

  function wait(): void {
    timer ??= setTimeout(() => void start(), lastStart + minGapMs - performance.now());
  }

  return {
    request: () => {
      if (running) again = again === 'now' ? 'now' : 'later';
      else wait();
    },
    now: () => {
      if (running) again = 'now';
      else void start();
    },
  };
}
