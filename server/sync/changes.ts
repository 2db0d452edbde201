/**
 * Tells open streams of what was committed: at once what this process writes, and by polling the
 * teams' change numbers what other processes on the same database write; a hint of theirs makes it
 * sooner.
 */
import type { ChangeEvent } from '../../shared/protocol/sync.ts';
import { COLLECTIONS, type CollectionName } from '../../shared/record/collections.ts';
import type { Queryable } from '../store/database.ts';
import { changeNumbers, lastChanges } from '../store/records.ts';

type Listener = (event: ChangeEvent) => void;

interface Team {
  listeners: Set<Listener>;
  /** What was told last, by collection. */
  told: Map<CollectionName, number>;
  /** The team's change number when the database was last asked. */
  seen: number;
  /** When all that was committed before is known, so that only what comes later is told. */
  ready: Promise<void>;
}

export class ChangeFeed {
  private readonly teams = new Map<string, Team>();
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();
  private isLooking = false;
  private isWanted = false;
  private isClosed = false;

  /**
   * @param database polled each `pollMs`; undefined where no other process writes
   * @param onProblem told when polling failed; it goes on
   */
  constructor(
    private readonly database: Queryable | undefined,
    pollMs: number,
    private readonly onProblem: (error: unknown) => void,
  ) {
    if (database === undefined) return;
    this.timer = setInterval(() => this.lookNow(), pollMs).unref();
  }

  /** Another process says that the team's records changed. */
  look(id: string): void {
    if (this.teams.has(id)) this.lookNow();
  }

  /** Calls back with every change that is committed after the promise resolved. */
  async subscribe(id: string, listener: Listener): Promise<() => void> {
    const team = this.teams.get(id) ?? this.add(id);
    team.listeners.add(listener);
    const unsubscribe = () => {
      team.listeners.delete(listener);
      if (team.listeners.size === 0 && this.teams.get(id) === team) this.teams.delete(id);
    };
    try {
      await team.ready;
    } catch (error) {
      unsubscribe();
      throw error;
    }
    return unsubscribe;
  }

  /** To be called after a commit. */
  announce(id: string, event: ChangeEvent): void {
    const team = this.teams.get(id);
    if (team === undefined || event.seq <= (team.told.get(event.collection) ?? -1)) return;
    team.told.set(event.collection, event.seq);
    for (const listener of team.listeners) listener(event);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.polling;
  }

  /** One look at a time; what is asked for meanwhile is answered by one more. */
  private lookNow(): void {
    const { database } = this;
    if (database === undefined) return;
    if (this.isLooking) {
      this.isWanted = true;
      return;
    }
    this.isLooking = true;
    this.isWanted = false;
    this.polling = this.poll(database)
      .catch(this.onProblem)
      .finally(() => {
        this.isLooking = false;
        if (this.isWanted && !this.isClosed) this.lookNow();
      });
  }

  private add(id: string): Team {
    const team: Team = {
      listeners: new Set(),
      told: new Map(),
      seen: -1,
      ready: Promise.resolve(),
    };
    this.teams.set(id, team);
    if (this.database !== undefined) team.ready = this.begin(this.database, id, team);
    return team;
  }

  private async begin(database: Queryable, id: string, team: Team): Promise<void> {
    for (const { collection, seq } of await lastChanges(database, id, COLLECTIONS)) {
      team.told.set(collection, Math.max(seq, team.told.get(collection) ?? -1));
    }
  }

  private async poll(database: Queryable): Promise<void> {
    if (this.teams.size === 0) return;
    for (const [id, seq] of await changeNumbers(database, [...this.teams.keys()])) {
      const team = this.teams.get(id);
      if (team === undefined || team.seen === seq) continue;
      const events = await lastChanges(database, id, COLLECTIONS);
      team.seen = seq;
      for (const event of events) this.announce(id, event);
    }
  }
}
