/**
 * A model of replication for tests: laptops that edit one lead's record, push and pull it as RxDB
 * does, and a server that merges and judges. It knows of each entry who had seen it when.
 */
import { type Clock, ClockSource, clockNode } from './clock.ts';
import { byTimeAloneIn } from './collections.ts';
import { type Base, baseOf, type Conflict, findConflicts } from './conflicts.ts';
import type { Json } from './json.ts';
import { deleteRecord, mergeRecords, recordsEqual, setFields } from './merge.ts';
import { emptyRecord, entryOf, fieldsOf, RANKS, type Rank, type RecordState } from './record.ts';

const leads = byTimeAloneIn('leads');
const ID = 'r';

/** What somebody wrote, and all clocks their laptop had seen by then. */
export interface Write {
  /** undefined for the deletion of the record */
  field: string | undefined;
  value: Json;
  clock: Clock;
  rank: Rank;
  seen: ReadonlySet<Clock>;
}

/** The server's side of one record, as pushes find it. */
export class ModelServer {
  readonly conflicts: Conflict[] = [];
  record = emptyRecord(ID);
  private readonly received = new Map<string, Clock>();

  push(sent: RecordState, base: Base): RecordState {
    const received = (node: string, field: string) => this.received.get(`${node} ${field}`);
    this.conflicts.push(...findConflicts(this.record, sent, base, received, leads));
    for (const field of fieldsOf(sent)) {
      for (const rank of RANKS) {
        const clock = entryOf(sent, field, rank)?.clock;
        const from = clock && `${clockNode(clock)} ${field}`;
        if (from && clock > (this.received.get(from) ?? '')) this.received.set(from, clock);
      }
    }
    this.record = mergeRecords(this.record, sent, leads);
    return this.record;
  }
}

/** One laptop: its record, and what it takes for the server's. */
export class ModelLaptop {
  local: RecordState | undefined;
  readonly seen = new Set<Clock>();
  private assumed: RecordState | undefined;
  private answer: { sent: RecordState; merged: RecordState } | undefined;
  private readonly clocks: ClockSource;

  constructor(
    node: string,
    private readonly server: ModelServer,
    now: () => number,
  ) {
    this.clocks = new ClockSource(node.repeat(10), now);
  }

  write(field: string, value: Json, rank: Rank): Write {
    const write = { field, value, clock: this.clocks.now(), rank, seen: new Set(this.seen) };
    this.take(setFields(this.now(), { [field]: value }, write.clock, rank, leads));
    return write;
  }

  delete(): Write {
    const clock = this.clocks.now();
    const write: Write = {
      field: undefined,
      value: null,
      clock,
      rank: 'person',
      seen: new Set(this.seen),
    };
    this.take(deleteRecord(this.now(), clock, leads));
    return write;
  }

  /** Sends what was not acknowledged; the answer waits. */
  send(): void {
    if (this.answer || !this.isUnsent() || !this.local) return;
    const merged = this.server.push(this.local, baseOf(this.local, this.assumed));
    this.answer = { sent: this.local, merged };
  }

  /**
   * The answer arrives. After another edit the merged record is not taken, since that edit was made
   * without having seen it: the record is sent again with the former base.
   */
  acknowledge(): void {
    if (!this.answer) return;
    const { sent, merged } = this.answer;
    this.answer = undefined;
    if (recordsEqual(sent, merged)) this.assumed = sent;
    else if (this.local && recordsEqual(sent, this.local)) {
      this.assumed = merged;
      this.take(merged);
    }
  }

  loseAnswer(): void {
    this.answer = undefined;
  }

  /** A record with edits that were not sent is skipped. */
  pull(): void {
    if (this.answer || this.isUnsent()) return;
    this.assumed = this.server.record;
    this.take(this.server.record);
  }

  settle(): void {
    this.acknowledge();
    this.send();
    this.acknowledge();
    this.pull();
  }

  private isUnsent(): boolean {
    if (!this.local) return false;
    return !this.assumed || !recordsEqual(this.local, this.assumed);
  }

  private now(): RecordState {
    return this.local ?? emptyRecord(ID);
  }

  private take(record: RecordState): void {
    this.local = record;
    for (const clock of clocksOf(record)) {
      this.seen.add(clock);
      this.clocks.observe(clock);
    }
  }
}

/**
 * What people entered and nobody will find again: neither in the record, nor in a conflict, nor
 * replaced by somebody who had seen it. The values must differ: of equal ones any will do.
 */
export function lostWrites(writes: readonly Write[], server: ModelServer): Write[] {
  return writes.filter((write) => {
    if (write.rank === 'machine' || write.field === undefined) return false;
    const isKnown = writes.some(
      (later) =>
        (later.field === write.field || later.field === undefined) && later.seen.has(write.clock),
    );
    return !isKnown && !isCurrent(write, server.record) && !isInConflict(write, server);
  });
}

function isCurrent({ field, clock }: Write, record: RecordState): boolean {
  return RANKS.some((rank) => entryOf(record, field ?? '', rank)?.clock === clock);
}

function isInConflict({ field, clock }: Write, { conflicts }: ModelServer): boolean {
  return conflicts.some((conflict) => conflict.field === field && conflict.lost.clock === clock);
}

/** Every clock in a record. */
export function clocksOf(record: RecordState): Clock[] {
  const clocks = fieldsOf(record).flatMap((field) =>
    RANKS.flatMap((rank) => entryOf(record, field, rank)?.clock ?? []),
  );
  return record.died === undefined ? clocks : [...clocks, record.died];
}
