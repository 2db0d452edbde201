import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../shared/protocol/sync.ts';
import type { Queryable } from '../store/database.ts';
import { ChangeFeed } from './changes.ts';

/** A database with one team, of which others write the leads. */
function databaseOf(state: { seq: number; isDown?: boolean }): Queryable {
  return {
    query: async <Row extends object>(sql: string) => {
      if (state.isDown) throw new Error('down');
      const rows = sql.startsWith('SELECT id')
        ? [{ id: 'team', seq: state.seq }]
        : [{ collection: 'leads', seq: state.seq }];
      return rows as object[] as Row[];
    },
  };
}

describe('change feed', () => {
  const problems: unknown[] = [];
  let feed: ChangeFeed;
  afterEach(() => feed.close());
  const follow = async (database?: Queryable) => {
    feed = new ChangeFeed(database, 5, (error) => problems.push(error));
    const events: ChangeEvent[] = [];
    const stop = await feed.subscribe('team', (event) => events.push(event));
    return { events, stop };
  };
  const leads = (seq: number): ChangeEvent => ({ collection: 'leads', seq });

  it('tells each change once, the latest last, until one stops', async () => {
    const { events, stop } = await follow();
    for (const seq of [2, 1, 2, 3]) feed.announce('team', leads(seq));
    feed.announce('other', leads(9));
    feed.announce('team', { collection: 'workspace', seq: 1 });
    stop();
    feed.announce('team', leads(4));
    expect(events).toEqual([leads(2), leads(3), { collection: 'workspace', seq: 1 }]);
  });

  it('finds what other processes wrote, but nothing from before', async () => {
    const state = { seq: 5 };
    const { events } = await follow(databaseOf(state));
    await sleep(30);
    expect(events).toEqual([]);
    state.seq = 6;
    await sleep(30);
    feed.announce('team', leads(7));
    state.seq = 7;
    await sleep(30);
    expect(events).toEqual([leads(6), leads(7)]);
  });

  it('goes on when the database was away', async () => {
    const state = { seq: 5, isDown: false };
    const { events } = await follow(databaseOf(state));
    state.isDown = true;
    await sleep(30);
    expect(problems.length).toBeGreaterThan(0);
    state.isDown = false;
    state.seq = 6;
    await sleep(30);
    expect(events).toEqual([leads(6)]);
  });

  it('begins for nobody while the database is away', async () => {
    const state = { seq: 5, isDown: true };
    await expect(follow(databaseOf(state))).rejects.toThrow('down');
    state.isDown = false;
    const events: ChangeEvent[] = [];
    await feed.subscribe('team', (event) => events.push(event));
    state.seq = 6;
    await sleep(30);
    expect(events).toEqual([leads(6)]);
  });
});
