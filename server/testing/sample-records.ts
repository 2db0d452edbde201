/** Records as laptops would send them. */
import type { Via } from '../../shared/lead/via.ts';
import { formatClock } from '../../shared/record/clock.ts';
import type { Json } from '../../shared/record/json.ts';
import { BASE, emptyLayer, type RecordState } from '../../shared/record/record.ts';

export const VIA: Via = { source: 'import', at: 1_700_000_000_000, stage: 'new', assignee: null };

/** A clock of `node` (a to z), `ms` after some time in the past. */
export function at(ms: number, node = 'a'): string {
  return formatClock(1_700_000_000_000 + ms, 0, node.repeat(10).slice(0, 10));
}

export function byPerson(id: string, values: Record<string, Json>, clock: string): RecordState {
  return { id, person: { values, clock: { [BASE]: clock } }, machine: emptyLayer() };
}

export function byMachine(id: string, values: Record<string, Json>, clock: string): RecordState {
  return { id, person: emptyLayer(), machine: { values, clock: { [BASE]: clock } } };
}

/** A lead that an import brought in. */
export function importedLead(id: string, name: string, clock = at(0)): RecordState {
  return byMachine(id, { name, phone: `+${id}`, 'via/import-1': { ...VIA } }, clock);
}
