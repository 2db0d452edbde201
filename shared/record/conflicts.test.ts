import { describe, expect, it } from 'vitest';
import { type Clock, clockNode, formatClock } from './clock.ts';
import { byTimeAloneIn } from './collections.ts';
import { baseOf, type Conflict, findConflicts } from './conflicts.ts';
import { deleteRecord, mergeRecords, setFields } from './merge.ts';
import { emptyRecord, entryOf, fieldsOf, RANKS, type RecordState } from './record.ts';

const rules = byTimeAloneIn('leads');
const at = (ms: number, node: string) => formatClock(ms, 0, node.repeat(10));

/** The server's side of one record, as a push finds it. */
class Server {
  conflicts: Conflict[] = [];
  record = emptyRecord('r');
  private readonly received = new Map<string, Clock>();

  push(sent: RecordState, assumed: RecordState | undefined): RecordState {
    const base = baseOf(sent, assumed);
    this.conflicts.push(
      ...findConflicts(this.record, sent, base, (node) => this.received.get(node), rules),
    );
    for (const field of fieldsOf(sent)) {
      for (const rank of RANKS) {
        const clock = entryOf(sent, field, rank)?.clock;
        const node = clock && clockNode(clock);
        if (node && clock > (this.received.get(node) ?? '')) this.received.set(node, clock);
      }
    }
    this.record = mergeRecords(this.record, sent, rules);
    return this.record;
  }
}

const set = (record: RecordState, value: string, ms: number, node: string, field = 'name') =>
  setFields(record, { [field]: value }, at(ms, node), 'person', rules);
const lost = (server: Server) => server.conflicts.map(({ field, lost }) => [field, lost.value]);

describe('conflicts', () => {
  it('are one for two concurrent edits of one field, whoever arrives first', () => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const server = new Server();
      const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
      const edits: Record<string, RecordState> = {
        a: set(start, 'from a', 10, 'a'),
        b: set(start, 'from b', 20, 'b'),
      };
      for (const laptop of order) server.push(edits[laptop] ?? start, start);
      expect(lost(server)).toEqual([['name', 'from a']]);
      expect(server.conflicts[0]?.kept?.value).toBe('from b');
    }
  });

  it('are none for ten edits in turn by two synced users', () => {
    const server = new Server();
    let record = server.push(set(emptyRecord('r'), '0', 1, 'z'), undefined);
    for (let i = 1; i <= 10; i++) {
      record = server.push(set(record, String(i), 10 * i, i % 2 ? 'a' : 'b'), record);
    }
    expect(server.conflicts).toEqual([]);
  });

  it('are not judged twice when an acknowledgement was lost', () => {
    const server = new Server();
    const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    const mine = set(start, 'mine', 10, 'a');
    server.push(mine, start);
    server.push(set(server.record, 'theirs', 20, 'b'), server.record);
    server.push(mine, start);
    server.push(set(mine, 'mine', 10, 'a', 'c/city'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are none where both entered the same value, or in different fields', () => {
    const server = new Server();
    const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.push(set(start, 'same', 10, 'a'), start);
    server.push(set(start, 'same', 20, 'b'), start);
    server.push(set(start, 'Recife', 30, 'c', 'c/city'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are none between a person and a machine: both values are kept', () => {
    const server = new Server();
    const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.push(setFields(start, { name: 'import' }, at(20, 'm'), 'machine', rules), start);
    server.push(set(start, 'mine', 10, 'a'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are kept where a machine’s later stage or assignee beats a person’s', () => {
    const server = new Server();
    const start = server.push(set(emptyRecord('r'), 'm1', 1, 'z', 'assignee'), undefined);
    const machine = setFields(start, { assignee: 'm2' }, at(20, 'm'), 'machine', rules);
    server.push(machine, start);
    server.push(set(start, 'm3', 10, 'a', 'assignee'), start);
    expect(lost(server)).toEqual([['assignee', 'm3']]);
  });

  it('keep what a deletion buries unseen, whichever arrives first', () => {
    for (const deletionFirst of [true, false]) {
      const server = new Server();
      const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
      const dead = deleteRecord(start, at(20, 'a'), rules);
      const edit = set(start, 'edited', 10, 'b');
      for (const sent of deletionFirst ? [dead, edit] : [edit, dead]) server.push(sent, start);
      expect(lost(server)).toEqual([['name', 'edited']]);
      expect(server.conflicts[0]?.kept).toBeUndefined();
    }
  });

  it('do not keep what the person who deleted had seen', () => {
    const server = new Server();
    const start = server.push(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.push(deleteRecord(start, at(20, 'a'), rules), start);
    server.push(deleteRecord(start, at(20, 'a'), rules), start);
    expect(server.conflicts).toEqual([]);
  });

  it('keep the earlier value where a new lead was made on both sides', () => {
    const server = new Server();
    server.push(set(emptyRecord('r'), 'from a', 10, 'a'), undefined);
    server.push(set(emptyRecord('r'), 'from b', 20, 'b'), undefined);
    expect(lost(server)).toEqual([['name', 'from a']]);
  });
});
