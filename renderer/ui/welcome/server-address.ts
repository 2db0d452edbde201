/** Server addresses as people type them. */
import { parseUrl } from '../../../shared/protocol/addresses.ts';

const LOCAL = /^(localhost|127\.|10\.|192\.168\.|\[::1\])/;

/** Adds the scheme that was left out: plain http only for this machine and the local network. */
export function normalizeServer(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '');
  if (text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  return `${LOCAL.test(text) ? 'http' : 'https'}://${text}`;
}

/** Whether the text, with its scheme added, is the address of a server. */
export function isServerAddress(typed: string): boolean {
  const text = normalizeServer(typed);
  return /^https?:\/\/[^\s/?#]+/i.test(text) && parseUrl(text) !== undefined;
}

/** `https://sales.example.com/team` → `sales.example.com/team` */
export function serverName(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
