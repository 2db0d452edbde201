/** Generators of records for property tests: few fields and clocks, so that they often collide. */
import fc from 'fast-check';
import { type Clock, formatClock } from './clock.ts';
import { type ByTimeAlone, deleteRecord, mergeRecords, setFields } from './merge.ts';
import { emptyRecord, type Rank, type RecordState } from './record.ts';

export const testByTimeAlone: ByTimeAlone = (field) => field === 'state';

export const arbitraryClock: fc.Arbitrary<Clock> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 1 }), fc.constantFrom('a', 'b'))
  .map(([ms, counter, node]) => formatClock(ms, counter, node.repeat(10)));

const arbitraryValue = fc.oneof(
  fc.constantFrom('x', 'y', ''),
  fc.constant(null),
  fc.integer({ min: 0, max: 2 }),
  fc.constantFrom({ stage: 'new', status: 'open' }, { status: 'closed', stage: 'won' }),
);

const arbitraryWrite = fc.record({
  field: fc.constantFrom('name', 'state', 'c/email', 'via/1', 'constructor'),
  value: arbitraryValue,
  clock: arbitraryClock,
  rank: fc.constantFrom<Rank>('person', 'machine'),
});

/** A record that some writes, and perhaps a deletion, made. */
export const arbitraryRecord: fc.Arbitrary<RecordState> = fc
  .tuple(
    fc.array(arbitraryWrite, { maxLength: 8 }),
    fc.option(arbitraryClock, { nil: undefined, freq: 3 }),
  )
  .map(([writes, died]) => {
    const record = writes.reduce(
      (written, { field, value, clock, rank }) =>
        setFields(written, { [field]: value }, clock, rank, testByTimeAlone),
      emptyRecord('r'),
    );
    return died === undefined ? record : deleteRecord(record, died, testByTimeAlone);
  });

export function mergeAll(records: RecordState[]): RecordState {
  return records.reduce((merged, record) => mergeRecords(merged, record, testByTimeAlone));
}
