import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { changeEventSchema } from '../../shared/protocol/sync.ts';
import { Client } from '../testing/client.ts';
import { at, byPerson, importedLead } from '../testing/sample-records.ts';
import { startTestServer } from '../testing/server.ts';
import type { Subject } from './subject.ts';

/** What laptops hear of changes. */
export function streamContract({ address, database, another }: Subject): void {
  const newTeam = () => Client.ofNewTeam(address());
  const open = async (client: Client) => {
    const stream = await client.stream();
    expect(await stream.next()).toEqual({ event: 'hello', data: {} });
    return stream;
  };

  it('greets, then tells of changes once they can be pulled', async () => {
    const admin = await newTeam();
    const stream = await open(await admin.colleague());
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await admin.pull('leads');
    await admin.push('leads', importedLead('4915', 'Lea'));
    const { event, data } = await stream.next();
    expect(event).toBe('change');
    const { collection, seq } = changeEventSchema.parse(data);
    expect(collection).toBe('leads');
    const { records, checkpoint } = await admin.pull('leads', seq - 1);
    expect(records).toHaveLength(1);
    expect(checkpoint).toBe(seq);
    await stream.close();
  });

  it('tells of a new member', async () => {
    const admin = await newTeam();
    const stream = await open(admin);
    await admin.colleague();
    expect(await stream.next()).toMatchObject({
      event: 'change',
      data: { collection: 'workspace' },
    });
    await stream.close();
  });

  it('says nothing where nothing changed, nor of other teams', async () => {
    const admin = await newTeam();
    const lead = byPerson('4915', { name: 'Lea' }, at(1));
    await admin.push('leads', lead);
    const stream = await open(admin);
    await admin.push('leads', lead);
    await admin.push('leads', { id: 'bad' });
    await (await newTeam()).push('leads', lead);
    await sleep(200);
    expect(stream.waiting()).toEqual([]);
    await stream.close();
  });

  it('pings in silence', async () => {
    const server = await startTestServer({ database: database(), pingMs: 30 });
    const stream = await open((await newTeam()).through(server.address));
    await stream.comment();
    await stream.comment();
    await stream.close();
    await server.close();
  });

  it('ends when the session is revoked', async () => {
    const admin = await newTeam();
    const stream = await open(admin);
    await admin.request('DELETE', '/v1/sessions/current');
    await stream.ended;
  });

  it('ends when the session was revoked elsewhere', async () => {
    // Time runs fast there, so that what it remembers is soon too old.
    const start = Date.now();
    const now = () => start + 100 * (Date.now() - start);
    const server = await startTestServer({ database: database(), pingMs: 50, now });
    const admin = await newTeam();
    const stream = await open(admin.through(server.address));
    await admin.request('DELETE', '/v1/sessions/current');
    await stream.ended;
    await server.close();
  });

  it('ends when the server stops, which waits for nobody', async () => {
    const server = await startTestServer({ database: database() });
    const streams = await Promise.all(
      [1, 2, 3].map(async () => open((await newTeam()).through(server.address))),
    );
    const start = Date.now();
    await server.close();
    await Promise.all(streams.map((stream) => stream.ended));
    expect(Date.now() - start).toBeLessThan(2000);
  });

  if (another === undefined) return;

  it('tells of what another process on the same database wrote', async () => {
    const otherDatabase = another();
    const other = await startTestServer({ database: otherDatabase, pollMs: 50 });
    const admin = await newTeam();
    await admin.push('leads', importedLead('4915', 'Before'));
    const stream = await open(admin);
    for (const i of [1, 2]) {
      await admin.through(other.address).push('leads', importedLead(`4915${i}`, 'After'));
      const { data } = await stream.next();
      expect(data).toEqual({
        collection: 'leads',
        seq: (await admin.pull('leads')).checkpoint,
      });
    }
    await admin.push('leads', importedLead('49159', 'Own'));
    expect(await stream.next()).toMatchObject({ data: { collection: 'leads' } });
    await sleep(200);
    expect(stream.waiting()).toEqual([]);
    await stream.close();
    await other.close();
    await otherDatabase.close();
  });
}
