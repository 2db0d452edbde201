import { describe, expect, it } from 'vitest';
import { formatClock } from './clock.ts';
import { byTimeAloneIn } from './collections.ts';
import { ModelServer } from './conflict-model.ts';
import { baseOf } from './conflicts.ts';
import { deleteRecord, setFields } from './merge.ts';
import { emptyRecord, type RecordState } from './record.ts';

const rules = byTimeAloneIn('leads');
const at = (ms: number, node: string) => formatClock(ms, 0, node.repeat(10));

/** The server's side of one record, as a laptop with an assumed state pushes to it. */
class Server extends ModelServer {
  pushFrom(sent: RecordState, assumed: RecordState | undefined): RecordState {
    return this.push(sent, baseOf(sent, assumed));
  }
}

const set = (record: RecordState, value: string, ms: number, node: string, field = 'name') =>
  setFields(record, { [field]: value }, at(ms, node), 'person', rules);
const lost = (server: Server) => server.conflicts.map(({ field, lost }) => [field, lost.value]);

describe('conflicts', () => {
  it('are one for two concurrent edits of one field, whoever arrives first (K1)', () => {
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const server = new Server();
      const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
      const edits: Record<string, RecordState> = {
        a: set(start, 'from a', 10, 'a'),
        b: set(start, 'from b', 20, 'b'),
      };
      for (const laptop of order) server.pushFrom(edits[laptop] ?? start, start);
      expect(lost(server)).toEqual([['name', 'from a']]);
      expect(server.conflicts[0]?.kept?.value).toBe('from b');
    }
  });

  it('are none for ten edits in turn by two synced users (K4)', () => {
    const server = new Server();
    let record = server.pushFrom(set(emptyRecord('r'), '0', 1, 'z'), undefined);
    for (let i = 1; i <= 10; i++) {
      record = server.pushFrom(set(record, String(i), 10 * i, i % 2 ? 'a' : 'b'), record);
    }
    expect(server.conflicts).toEqual([]);
  });

  it('are not judged twice when an acknowledgement was lost (K2)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    const mine = set(start, 'mine', 10, 'a');
    server.pushFrom(mine, start);
    server.pushFrom(set(server.record, 'theirs', 20, 'b'), server.record);
    server.pushFrom(mine, start);
    server.pushFrom(set(mine, 'mine', 10, 'a', 'c/city'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are none where both entered the same value, or in different fields (K1)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.pushFrom(set(start, 'same', 10, 'a'), start);
    server.pushFrom(set(start, 'same', 20, 'b'), start);
    server.pushFrom(set(start, 'Recife', 30, 'c', 'c/city'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are none between a person and a machine: both values are kept (K1)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.pushFrom(setFields(start, { name: 'import' }, at(20, 'm'), 'machine', rules), start);
    server.pushFrom(set(start, 'mine', 10, 'a'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are kept where a machine’s later stage or assignee beats a person’s (K1) (M3)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'm1', 1, 'z', 'assignee'), undefined);
    const machine = setFields(start, { assignee: 'm2' }, at(20, 'm'), 'machine', rules);
    server.pushFrom(machine, start);
    server.pushFrom(set(start, 'm3', 10, 'a', 'assignee'), start);
    expect(lost(server)).toEqual([['assignee', 'm3']]);
  });

  it('keep what a deletion buries unseen, whichever arrives first (K3)', () => {
    for (const deletionFirst of [true, false]) {
      const server = new Server();
      const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
      const dead = deleteRecord(start, at(20, 'a'), rules);
      const edit = set(start, 'edited', 10, 'b');
      for (const sent of deletionFirst ? [dead, edit] : [edit, dead]) server.pushFrom(sent, start);
      expect(lost(server)).toEqual([['name', 'edited']]);
      expect(server.conflicts[0]?.kept).toBeUndefined();
    }
  });

  it('do not keep what the person who deleted had seen (K3)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.pushFrom(deleteRecord(start, at(20, 'a'), rules), start);
    server.pushFrom(deleteRecord(start, at(20, 'a'), rules), start);
    expect(server.conflicts).toEqual([]);
  });

  it('keep the earlier value where a new lead was made on both sides (K1)', () => {
    const server = new Server();
    server.pushFrom(set(emptyRecord('r'), 'from a', 10, 'a'), undefined);
    server.pushFrom(set(emptyRecord('r'), 'from b', 20, 'b'), undefined);
    expect(lost(server)).toEqual([['name', 'from a']]);
  });

  it('are one where a deletion and a new value of its author meet an unseen value (K3)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    server.pushFrom(set(start, 'unseen', 10, 'b'), start);
    const dead = deleteRecord(start, at(20, 'a'), rules);
    server.pushFrom(set(dead, 'anew', 30, 'a'), start);
    expect(lost(server)).toEqual([['name', 'unseen']]);
    expect(server.conflicts[0]?.kept?.value).toBe('anew');
  });

  it('are none for a buried value that was entered again and shows (K3)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    const dead = deleteRecord(start, at(20, 'a'), rules);
    server.pushFrom(set(dead, 'same', 30, 'a'), start);
    server.pushFrom(set(start, 'same', 10, 'b'), start);
    expect(server.conflicts).toEqual([]);
    const other = new Server();
    other.pushFrom(set(start, 'same', 10, 'b'), start);
    other.pushFrom(set(dead, 'same', 30, 'a'), start);
    expect(other.conflicts).toEqual([]);
  });

  it('are judged by the base alone: what somebody saw they replaced knowingly (K1)', () => {
    const server = new Server();
    const first = server.pushFrom(set(emptyRecord('r'), 'first', 10, 'a'), undefined);
    server.pushFrom(set(first, 'second', 20, 'b'), first);
    expect(server.conflicts).toEqual([]);
    server.pushFrom(set(first, 'third', 30, 'c'), first);
    expect(lost(server)).toEqual([['name', 'second']]);
  });

  it('are none between edits of one laptop, also where it forgot an answer (K1)', () => {
    const server = new Server();
    const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
    const one = set(start, 'one', 10, 'a');
    server.pushFrom(one, start);
    server.pushFrom(set(one, 'two', 20, 'a'), start);
    expect(server.conflicts).toEqual([]);
  });

  it('are found between the laptops that meet one after the other, once each (K1) (K2)', () => {
    for (const order of ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']) {
      const server = new Server();
      const start = server.pushFrom(set(emptyRecord('r'), 'start', 1, 'z'), undefined);
      for (const [i, node] of [...order].entries()) {
        server.pushFrom(set(start, node, 10 * node.charCodeAt(0), node), start);
        if (i > 0) server.pushFrom(set(start, node, 10 * node.charCodeAt(0), node), start);
      }
      expect(lost(server).sort()).toEqual([
        ['name', 'a'],
        ['name', 'b'],
      ]);
    }
  });
});

describe('base', () => {
  it('holds the clocks that were seen of what changed, and nothing else (K1)', () => {
    const start = set(set(emptyRecord('r'), 'start', 1, 'z'), 'Recife', 2, 'z', 'c/city');
    expect(baseOf(start, start)).toEqual({ person: {}, machine: {}, died: null });
    const changed = set(set(start, 'new', 10, 'a'), 'x', 10, 'a', 'c/zip');
    expect(baseOf(changed, start)).toEqual({
      person: { name: at(1, 'z'), 'c/zip': null },
      machine: {},
      died: null,
    });
    const dead = deleteRecord(start, at(20, 'a'), rules);
    expect(baseOf(dead, start).person).toEqual({ name: at(1, 'z'), 'c/city': at(2, 'z') });
    expect(baseOf(dead, dead)).toEqual({ person: {}, machine: {}, died: at(20, 'a') });
  });
});
