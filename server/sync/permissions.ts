/** Who may change what. */
import type { Session } from '../../shared/protocol/accounts.ts';
import { type CollectionName, workspaceKindOf } from '../../shared/record/collections.ts';

/** What a push does to a record: makes it, changes what it shows, or only when that was said. */
export type Change = 'new' | 'values' | 'clocks';

/** Why a member may not change a record of the collection so; undefined where they may. */
export function prohibition(
  role: Session['member']['role'],
  collection: CollectionName,
  id: string,
  change: Change,
): string | undefined {
  if (collection !== 'workspace') return undefined;
  const kind = workspaceKindOf(id)?.kind;
  if (kind === undefined) return 'This team server does not know what that is. Update it.';
  if (kind === 'member') return 'Members join by invitation; only the server writes them.';
  if (role === 'admin') return undefined;
  if (kind === 'stage') return 'Only admins may change the pipeline.';
  if (kind === 'setting') return "Only admins may change the team's settings.";
  // Two laptops that import the same file offline make the same field at different times.
  if (kind === 'field' && change === 'values') {
    return 'Only admins may change a field that exists.';
  }
  return undefined;
}
