/**
 * What the server had from each node for a field of a record. What is not later was judged when it
 * came first, so that a push that is sent again makes no conflict again. Per field, since a number
 * that was corrected brings values to another record with their older clocks.
 */
import { type Clock, clockNode } from '../../shared/record/clock.ts';
import type { ByTimeAlone } from '../../shared/record/merge.ts';
import { layerClock, type RecordState } from '../../shared/record/record.ts';

/** Greatest clocks by node and field, as in `aaaaaaaaaa name`. */
export type Received = Record<string, Clock>;

/**
 * With the clocks of a record that was sent: of what people entered, and of the fields that go by
 * time alone. An import's own are of no use, and are many.
 * @returns `received` itself where there is nothing new
 */
export function withReceived(
  received: Received,
  sent: RecordState,
  byTimeAlone: ByTimeAlone,
): Received {
  const news = judgedEntries(sent, byTimeAlone).filter(
    ([field, clock]) => clock > (receivedFrom(received, clockNode(clock), field) ?? ''),
  );
  if (news.length === 0) return received;
  const entries = news.map(([field, clock]) => [keyOf(clockNode(clock), field), clock] as const);
  return { ...received, ...Object.fromEntries(entries) };
}

/** The fields that conflicts are about, with their clocks. */
export function judgedEntries(
  record: RecordState,
  byTimeAlone: ByTimeAlone,
): [field: string, clock: Clock][] {
  const { person, machine } = record;
  const fields = [
    ...Object.keys(person.values).map((field) => [field, layerClock(person, field)] as const),
    ...Object.keys(machine.values)
      .filter(byTimeAlone)
      .map((field) => [field, layerClock(machine, field)] as const),
  ];
  return fields.flatMap(([field, clock]) => (clock === undefined ? [] : [[field, clock]]));
}

/** The greatest clock that came from a node for a field. */
export function receivedFrom(received: Received, node: string, field: string): Clock | undefined {
  const key = keyOf(node, field);
  return Object.hasOwn(received, key) ? received[key] : undefined;
}

function keyOf(node: string, field: string): string {
  return `${node} ${field}`;
}
