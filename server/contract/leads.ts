import { expect, it } from 'vitest';
import { leadOf } from '../../shared/lead/lead.ts';
import type { LeadsPage } from '../routes/leads.ts';
import { Client } from '../testing/client.ts';
import { at, byPerson, importedLead } from '../testing/sample-records.ts';
import type { Subject } from './subject.ts';

/** `GET /v1/leads` */
export function leadsContract({ address }: Subject): void {
  const read = async (client: Client, query = ''): Promise<LeadsPage> => {
    const { status, body } = await client.request('GET', `/v1/leads${query}`);
    expect(status).toBe(200);
    return body as LeadsPage;
  };

  it('lists what is a lead, as people see it', async () => {
    const admin = await Client.ofNewTeam(address());
    expect(await read(admin)).toEqual({ leads: [], total: 0, cursor: null });
    const lead = importedLead('4915112345678', 'Lea');
    await admin.push('leads', lead, byPerson('4915199999999', { name: 'No lead' }, at(1)));
    expect(await read(admin)).toEqual({ leads: [leadOf(lead)], total: 1, cursor: null });
    await admin.push('leads', importedLead('4915112345679', 'Leo'));
    expect((await read(admin)).total).toBe(2);
    expect((await read(await Client.ofNewTeam(address()))).total).toBe(0);
  });

  it('pages, with nobody’s number in the address', async () => {
    const admin = await Client.ofNewTeam(address());
    const ids = Array.from({ length: 5 }, (_, i) => `491511234567${i}`);
    await admin.push('leads', ...ids.map((id) => importedLead(id, 'Lea')));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await read(admin, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.total).toBe(5);
      expect(page.cursor ?? '').not.toMatch(/4915/);
      seen.push(...page.leads.map(({ key }) => key));
      cursor = page.cursor;
    }
    expect(seen).toEqual(ids);
  });
}
