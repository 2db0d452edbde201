/** Who is calling: only the app's own page, in the main frame of the app's own window, may. */
import { isOwnUrl } from '../protocol/asset-path.ts';

/** The parts of an IPC event that tell its sender. */
export interface Call {
  sender: unknown;
  /** Null once the frame has navigated away. */
  senderFrame: { url: string; parent: unknown } | null;
}

export function isFromOurPage({ sender, senderFrame }: Call, contents: unknown): boolean {
  if (contents === undefined || sender !== contents || !senderFrame) return false;
  return senderFrame.parent === null && isOwnUrl(senderFrame.url);
}
