import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD } from '../../shared/lead/fields.ts';
import { type Lead, leadOf } from '../../shared/lead/lead.ts';
import { MoveGraph, moveOf } from '../../shared/lead/moves.ts';
import { formatClock } from '../../shared/record/clock.ts';
import { byTimeAloneIn } from '../../shared/record/collections.ts';
import { setFields } from '../../shared/record/merge.ts';
import { emptyRecord, type RecordState } from '../../shared/record/record.ts';
import { ShownLeads, shownRecord } from './shown-leads.ts';

const KEYS = ['+1', '+2', '+3', '+4', '+5'];
const byTimeAlone = byTimeAloneIn('leads');
const clockAt = (ms: number) => formatClock(ms, 0, 'aaaaaaaaaa');

/** What the table would show, and a database to fetch from. */
class World {
  readonly stored = new Map<string, RecordState>();
  readonly table = new Map<string, Lead>();
  readonly shown = new ShownLeads(
    {
      put: (records) => {
        for (const record of records) {
          const lead = leadOf(record);
          if (lead) this.table.set(record.id, lead);
          else this.table.delete(record.id);
        }
      },
    },
    {
      get: async (ids) =>
        new Map(ids.flatMap((id) => [...this.entry(id)]).map((record) => [record.id, record])),
    },
  );

  write(records: RecordState[]): void {
    for (const record of records) this.stored.set(record.id, record);
    this.shown.put(records);
  }

  /** From the stored records alone. */
  expected(): Map<string, Lead> {
    const moves = new MoveGraph();
    for (const record of this.stored.values()) moves.set(record.id, moveOf(record));
    const leads = new Map<string, Lead>();
    const keys = new Set([...this.stored.keys(), ...KEYS]);
    for (const root of new Set([...keys].map((key) => moves.rootOf(key)))) {
      const members = moves.membersOf(root).flatMap((id) => [...this.entry(id)]);
      const lead = leadOf(shownRecord(root, members));
      if (lead) leads.set(root, lead);
    }
    return leads;
  }

  private entry(id: string): RecordState[] {
    const record = this.stored.get(id);
    return record ? [record] : [];
  }
}

function lead(key: string, name: string, at = 1): RecordState {
  const via = { source: 'form', at, stage: 'new', assignee: null };
  const values = { name, phone: key, [`via/${key}`]: via };
  return setFields(emptyRecord(key), values, clockAt(at), 'machine', byTimeAlone);
}

function movedTo(record: RecordState, to: string | null, at: number): RecordState {
  return setFields(record, { [FIELD.movedTo]: to }, clockAt(at), 'person', byTimeAlone);
}

describe('shown leads', () => {
  it('fetch a target that nothing moved to before, and let go of it again (N1)', async () => {
    const world = new World();
    world.write([lead('+1', 'Ana'), lead('+2', 'Bea')]);
    world.write([movedTo(lead('+1', 'Ana'), '+2', 5)]);
    await world.shown.settled();
    expect([...world.table.keys()]).toEqual(['+2']);
    expect(world.table.get('+2')?.phone).toBe('+2');
    world.write([movedTo(lead('+1', 'Ana'), null, 6)]);
    await world.shown.settled();
    expect([...world.table.keys()].sort()).toEqual(['+1', '+2']);
  });

  it('show a moved lead whose target is not here yet (N1)', async () => {
    const world = new World();
    world.write([movedTo(lead('+1', 'Ana'), '+2', 5)]);
    await world.shown.settled();
    expect(world.table.get('+2')).toMatchObject({ key: '+2', name: 'Ana', phone: '+1' });
  });

  it('are right after any changes in any order, in loops too (N2)', async () => {
    const change = fc.record({
      key: fc.constantFrom(...KEYS),
      to: fc.option(fc.constantFrom(...KEYS)),
      at: fc.integer({ min: 2, max: 50 }),
    });
    const batches = fc.array(fc.tuple(fc.array(change, { maxLength: 4 }), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(fc.subarray(KEYS), batches, async (present, changes) => {
        const world = new World();
        world.write(present.map((key) => lead(key, `lead ${key}`)));
        for (const [batch, waits] of changes) {
          const records = new Map<string, RecordState>();
          for (const { key, to, at } of batch) {
            const before = records.get(key) ?? world.stored.get(key) ?? lead(key, `lead ${key}`);
            records.set(key, movedTo(before, to, at));
          }
          world.write([...records.values()]);
          if (waits) await world.shown.settled();
        }
        await world.shown.settled();
        expect(new Map([...world.table].sort())).toEqual(new Map([...world.expected()].sort()));
      }),
    );
  });
});
