/** Which file of the built window an `app://satchel/…` address names. */
import path from 'node:path';
import { parseUrl } from '../../shared/protocol/addresses.ts';

export const SCHEME = 'app';
export const HOST = 'satchel';
/** Frozen: browsers keep data by origin, so another one would orphan everybody's leads. */
export const ORIGIN = `${SCHEME}://${HOST}`;
export const INDEX = 'index.html';

/** Whether an address belongs to the app itself. */
export function isOwnUrl(address: string): boolean {
  const url = parseUrl(address);
  if (url?.protocol !== `${SCHEME}:` || url.host !== HOST) return false;
  return url.username === '' && url.password === '';
}

/** The path of the asset under `root`; undefined for anything that is none of ours to serve. */
export function assetPath(root: string, address: string): string | undefined {
  if (!isOwnUrl(address)) return undefined;
  const name = decode(new URL(address).pathname);
  // Backslashes are separators on Windows, and a colon there begins a drive or a stream.
  if (name === undefined || /[\0\\:]/.test(name)) return undefined;
  const file = path.resolve(root, `.${name.length > 1 ? name : `/${INDEX}`}`);
  return file.startsWith(path.resolve(root) + path.sep) ? file : undefined;
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
