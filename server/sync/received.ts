/**
 * What the server had from each node for a record. What is not later was judged when it came first,
 * so that a push that is sent again makes no conflict again.
 */
import { type Clock, clockNode, greaterClock } from '../../shared/record/clock.ts';
import type { ByTimeAlone } from '../../shared/record/merge.ts';
import { layerClock, type RecordState } from '../../shared/record/record.ts';

export type Received = Record<string, Clock>;

/**
 * With the clocks of a record that was sent: of what people entered, of its deletion, and of the
 * fields that go by time alone. An import's own are of no use, and are many.
 * @returns `received` itself where there is nothing new
 */
export function withReceived(
  received: Received,
  sent: RecordState,
  byTimeAlone: ByTimeAlone,
): Received {
  const known = new Map(Object.entries(received));
  let isNew = false;
  for (const clock of judgedClocks(sent, byTimeAlone)) {
    const node = clockNode(clock);
    const before = known.get(node) ?? '';
    if (clock <= before) continue;
    known.set(node, greaterClock(clock, before));
    isNew = true;
  }
  return isNew ? Object.fromEntries(known) : received;
}

/** The clocks that conflicts are about. */
export function judgedClocks(record: RecordState, byTimeAlone: ByTimeAlone): Clock[] {
  const clocks = Object.values(record.person.clock);
  if (record.died !== undefined) clocks.push(record.died);
  for (const field of Object.keys(record.machine.values)) {
    const clock = byTimeAlone(field) ? layerClock(record.machine, field) : undefined;
    if (clock !== undefined) clocks.push(clock);
  }
  return clocks;
}

/** The greatest clock that came from a node. */
export function receivedFrom(received: Received, node: string): Clock | undefined {
  return Object.hasOwn(received, node) ? received[node] : undefined;
}
