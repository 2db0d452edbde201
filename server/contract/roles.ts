import { beforeAll, expect, it } from 'vitest';
import { customFieldId } from '../../shared/lead/fields.ts';
import { DEFAULT_STAGES, defaultStageRecord } from '../../shared/lead/pipeline.ts';
import type { PushResponse } from '../../shared/protocol/sync.ts';
import { workspaceId } from '../../shared/record/collections.ts';
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
  const city = workspaceId('field', customFieldId('City'));
  const cityField = { label: 'City', type: 'text', order: 1 };

  it('lets agents change leads', async () => {
    const { refused } = await agent.push('leads', importedLead('49151', 'Lea'));
    expect(refused).toEqual([]);
  });

  it('keeps the pipeline and the settings to admins', async () => {
    const stage = byPerson('stage/new', { name: 'Brand new' }, at(1));
    const settings = byPerson('setting/team', { name: 'Other' }, at(1));
    expect(refusedOf(await agent.push('workspace', stage))).toEqual([['stage/new', 'forbidden']]);
    expect(refusedOf(await agent.push('workspace', settings))).toEqual([
      ['setting/team', 'forbidden'],
    ]);
    const added = byPerson('stage/extra', { name: 'Extra' }, at(1));
    expect(refusedOf(await agent.push('workspace', added))).toEqual([['stage/extra', 'forbidden']]);

    expect((await admin.push('workspace', stage, added)).refused).toEqual([]);
    expect((await admin.push('workspace', settings)).refused).toEqual([]);
    const [team] = await agent.pullKind('setting');
    expect(team && shownValue(team, 'name')).toBe('Other');
  });

  it('lets agents send what ships with the app', async () => {
    const { merged, refused } = await agent.push(
      'workspace',
      ...DEFAULT_STAGES.map(defaultStageRecord),
    );
    expect(refused).toEqual([]);
    // The one that the admin has renamed.
    expect(merged.map(({ id }) => id)).toEqual(['stage/new']);
  });

  it('lets agents add fields, but not change them', async () => {
    expect((await agent.push('workspace', byMachine(city, cityField, at(1)))).refused).toEqual([]);
    const renamed = byPerson(city, { label: 'Town' }, at(2));
    expect(refusedOf(await agent.push('workspace', renamed))).toEqual([[city, 'forbidden']]);
    for (const id of [city, 'field/c/unborn']) {
      const deleted = { ...emptyRecord(id), died: at(2) };
      expect(refusedOf(await agent.push('workspace', deleted))).toEqual([[id, 'forbidden']]);
    }
    expect((await admin.push('workspace', renamed)).refused).toEqual([]);
    expect(
      refusedOf(await agent.push('workspace', byPerson(city, { label: 'City' }, at(3)))),
    ).toEqual([[city, 'forbidden']]);
  });

  it('takes the same new field from two agents', async () => {
    const id = workspaceId('field', customFieldId('Street'));
    const street = { label: 'Street', type: 'text', order: 2 };
    await agent.push('workspace', byMachine(id, street, at(1, 'a')));
    const { merged, refused } = await agent.push('workspace', byMachine(id, street, at(2, 'b')));
    expect({ merged, refused }).toEqual({ merged: [], refused: [] });
  });

  it('lets nobody write members', async () => {
    const id = workspaceId('member', agent.session.member.id);
    const promoted = byPerson(id, { role: 'admin' }, at(1));
    const stranger = byPerson('member/stranger', { name: 'Eve', role: 'admin' }, at(1));
    for (const client of [admin, agent]) {
      const response = await client.push('workspace', promoted, stranger);
      expect(refusedOf(response)).toEqual([
        [id, 'forbidden'],
        ['member/stranger', 'forbidden'],
      ]);
    }
    const [known] = await admin.pullKind('member');
    expect((await agent.push('workspace', known)).refused).toEqual([]);
    expect((await agent.request('POST', '/v1/invitations')).status).toBe(403);
  });

  it('keeps what an agent may not send from blocking the rest', async () => {
    const { refused } = await agent.push(
      'workspace',
      byPerson(city, { label: 'Mine' }, at(9)),
      byMachine('field/c/other', { label: 'Other', type: 'text', order: 3 }, at(9)),
    );
    expect(refused.map(({ id }) => id)).toEqual([city]);
    const ids = (await admin.pull('workspace')).records.map(({ id }) => id);
    expect(ids).toContain('field/c/other');
  });
}
