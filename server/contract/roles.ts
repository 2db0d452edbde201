import { beforeAll, expect, it } from 'vitest';
import { customFieldId } from '../../shared/lead/fields.ts';
import { DEFAULT_STAGES, defaultStageRecord } from '../../shared/lead/pipeline.ts';
import type { PushResponse } from '../../shared/protocol/sync.ts';
import { emptyRecord, shownValue } from '../../shared/record/record.ts';
import { Client } from '../testing/client.ts';
import { at, byMachine, byPerson, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

/** Who may change what. */
export function rolesContract({ address }: Subject): void {
  let admin: Client;
  let agent: Client;
  beforeAll(async () => {
    admin = await Client.ofNewTeam(address());
    agent = await admin.colleague();
  });
  const refusedOf = ({ refused }: PushResponse) => refused.map(({ id, code }) => [id, code]);
  const city = customFieldId('City');
  const cityField = { label: 'City', type: 'text', order: 1 };

  it('lets agents change leads', async () => {
    const { refused } = await agent.push('leads', importedLead('49151', 'Lea'));
    expect(refused).toEqual([]);
  });

  it('keeps the pipeline and the settings to admins', async () => {
    const stage = byPerson('new', { name: 'Brand new' }, at(1));
    const settings = byPerson('team', { name: 'Other' }, at(1));
    expect(refusedOf(await agent.push('stages', stage))).toEqual([['new', 'forbidden']]);
    expect(refusedOf(await agent.push('settings', settings))).toEqual([['team', 'forbidden']]);
    const added = byPerson('extra', { name: 'Extra' }, at(1));
    expect(refusedOf(await agent.push('stages', added))).toEqual([['extra', 'forbidden']]);

    expect((await admin.push('stages', stage, added)).refused).toEqual([]);
    expect((await admin.push('settings', settings)).refused).toEqual([]);
    const [team] = (await agent.pull('settings')).records;
    expect(team && shownValue(team, 'name')).toBe('Other');
  });

  it('lets agents send what ships with the app', async () => {
    const { merged, refused } = await agent.push(
      'stages',
      ...DEFAULT_STAGES.map(defaultStageRecord),
    );
    expect(refused).toEqual([]);
    // The one that the admin has renamed.
    expect(merged.map(({ id }) => id)).toEqual(['new']);
  });

  it('lets agents add fields, but not change them', async () => {
    expect((await agent.push('fields', byMachine(city, cityField, at(1)))).refused).toEqual([]);
    const renamed = byPerson(city, { label: 'Town' }, at(2));
    expect(refusedOf(await agent.push('fields', renamed))).toEqual([[city, 'forbidden']]);
    for (const id of [city, 'c/unborn']) {
      const deleted = { ...emptyRecord(id), died: at(2) };
      expect(refusedOf(await agent.push('fields', deleted))).toEqual([[id, 'forbidden']]);
    }
    expect((await admin.push('fields', renamed)).refused).toEqual([]);
    expect(refusedOf(await agent.push('fields', byPerson(city, { label: 'City' }, at(3))))).toEqual(
      [[city, 'forbidden']],
    );
  });

  it('takes the same new field from two agents', async () => {
    const id = customFieldId('Street');
    const street = { label: 'Street', type: 'text', order: 2 };
    await agent.push('fields', byMachine(id, street, at(1, 'a')));
    const { merged, refused } = await agent.push('fields', byMachine(id, street, at(2, 'b')));
    expect({ merged, refused }).toEqual({ merged: [], refused: [] });
  });

  it('lets nobody write members', async () => {
    const { id } = agent.session.member;
    const promoted = byPerson(id, { role: 'admin' }, at(1));
    const stranger = byPerson('stranger', { name: 'Eve', role: 'admin' }, at(1));
    for (const client of [admin, agent]) {
      const response = await client.push('members', promoted, stranger);
      expect(refusedOf(response)).toEqual([
        [id, 'forbidden'],
        ['stranger', 'forbidden'],
      ]);
    }
    const [known] = (await admin.pull('members')).records;
    expect((await agent.push('members', known)).refused).toEqual([]);
    expect((await agent.request('POST', '/v1/invitations')).status).toBe(403);
  });

  it('keeps what an agent may not send from blocking the rest', async () => {
    const { refused } = await agent.push(
      'fields',
      byPerson(city, { label: 'Mine' }, at(9)),
      byMachine('c/other', { label: 'Other', type: 'text', order: 3 }, at(9)),
    );
    expect(refused.map(({ id }) => id)).toEqual([city]);
    const ids = (await admin.pull('fields')).records.map(({ id }) => id);
    expect(ids).toContain('c/other');
  });
}
