/** Reading addresses. `URL.canParse` is too new for Node 18.15 and Chromium 114. */

/** The address a text holds, blanks around it aside, or undefined. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}

/** Whether a text is the address of a web server. */
export function isWebAddress(text: string): boolean {
  return /^https?:$/.test(parseUrl(text)?.protocol ?? '');
}
