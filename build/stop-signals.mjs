// @ts-check
// Ctrl+C and its kin, turned into one AbortSignal, so that what runs can be stopped in good order.

const LOOK_AFTER_PARENT_MS = 250;

const SIGNALS = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });

/** The reason of an abort that a person asked for. */
export class Stopped extends Error {
  /** @param {keyof typeof SIGNALS} name */
  constructor(name) {
    super(`stopped by ${name}`);
    this.code = SIGNALS[name];
  }
}

/** @returns {AbortSignal} */
export function stopSignal() {
  const controller = new AbortController();
  for (const name of /** @type {(keyof typeof SIGNALS)[]} */ (Object.keys(SIGNALS))) {
    process.on(name, () => {
      // Asked twice, somebody does not want to wait.
      if (controller.signal.aborted) process.exit(SIGNALS[name]);
      controller.abort(new Stopped(name));
    });
  }
  whenAbandoned(() => controller.abort(new Stopped('SIGTERM')));
  return controller.signal;
}

/**
 * npm runs scripts through a shell. A signal to npm ends both and does not reach us: that our parent
 * has changed is all there is to notice.
 * @param {() => void} onAbandoned
 */
export function whenAbandoned(onAbandoned) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onAbandoned();
  }, LOOK_AFTER_PARENT_MS);
  timer.unref();
}
