/** Calls `run` at most once in `gapMs()`: at once when it was quiet, and again after the last call. */
export function throttle(gapMs: () => number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  const tick = () => {
    timer = due ? setTimeout(tick, gapMs()) : undefined;
    if (due) run();
    due = false;
  };
  return () => {
    due = true;
    if (timer === undefined) tick();
  };
}
