/** Notices when it is worth trying again at once: after sleep, and when the network is back. */

const LOOK_EVERY_MS = 2000;

export interface NetworkSigns {
  isOnline(): boolean;
  /** Calls back when the laptop woke up or was unlocked. */
  onWake(listener: () => void): void;
}

/**
 * Only the change to online counts: a server on this laptop answers without any network.
 * @returns a function that ends the watch
 */
export function watchNetwork(signs: NetworkSigns, onReturn: () => void): () => void {
  signs.onWake(onReturn);
  let wasOnline = signs.isOnline();
  const timer = setInterval(() => {
    const isOnline = signs.isOnline();
    if (isOnline && !wasOnline) onReturn();
    wasOnline = isOnline;
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
