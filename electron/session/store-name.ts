/** Names of the local stores: one for the leads made alone, one per server, team and member. */
import { createHash } from 'node:crypto';

export const ALONE_STORE = 'satchel-alone';

/** Frozen: another name would orphan the data of everybody who has signed in. */
export function teamStore(server: string, team: string, member: string): string {
  const identity = JSON.stringify([server, team, member]);
  return `satchel-${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`;
}

/** A server's address as it is kept and compared: without a trailing slash, query or fragment. */
export function normalServer(address: string): string {
  const url = new URL(address.trim());
  return url.origin + url.pathname.replace(/\/+$/, '');
}
