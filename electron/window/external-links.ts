/** Links that leave the app. */
import { parseUrl } from '../../shared/protocol/addresses.ts';

const DIALLED = /^tel:[+\d][\d().;=a-z-]{1,63}$/i;
const ADDRESSED = /^mailto:[^@\s?]{1,64}@[^@\s?]{1,255}(\?[^\s]{0,2000})?$/i;
const LONGEST = 4000;

/** Whether the system's own program may be asked to open an address: web, phone and mail only. */
export function mayOpenOutside(address: string): boolean {
  const url = address.length > LONGEST ? undefined : parseUrl(address);
  if (url === undefined) return false;
  if (url.protocol === 'https:') return url.username === '' && url.password === '';
  if (url.protocol === 'tel:') return DIALLED.test(decodeSpaces(address));
  return url.protocol === 'mailto:' && ADDRESSED.test(address);
}

/** Numbers may be written with spaces between their groups. */
function decodeSpaces(address: string): string {
  return address.replaceAll('%20', '-').replaceAll(' ', '-');
}
