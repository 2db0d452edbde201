/** What every database must make of the server: the same tests on each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessContract } from './contract/access.ts';
import { accountsContract } from './contract/accounts.ts';
import { authorisationContract } from './contract/authorisation.ts';
import { concurrencyContract } from './contract/concurrency.ts';
import { conflictsContract } from './contract/conflicts.ts';
import { fuzzContract } from './contract/fuzz.ts';
import { hintsContract } from './contract/hints.ts';
import { historiesContract } from './contract/histories.ts';
import { leadsContract } from './contract/leads.ts';
import { limitsContract } from './contract/limits.ts';
import { rolesContract } from './contract/roles.ts';
import { streamContract } from './contract/stream.ts';
import type { Subject } from './contract/subject.ts';
import { syncContract } from './contract/sync.ts';
import { tablesContract } from './contract/tables.ts';
import { ENGINES, type OpenEngine } from './testing/engines.ts';
import { logged, startTestServer, type TestServer } from './testing/server.ts';

for (const engine of ENGINES) {
  describe(engine.name, () => {
    let open: OpenEngine;
    let server: TestServer;
    beforeAll(async () => {
      open = await engine.open();
      server = await startTestServer({ database: open.database, pollMs: 50 });
    });
    afterAll(async () => {
      await server?.close();
      await open?.close();
    });
    const subject: Subject = {
      address: () => server.address,
      routes: () => server.routes,
      database: () => open.database,
      another: engine.isShared ? () => open.another() : undefined,
    };

    describe('accounts', () => accountsContract(subject));
    describe('push and pull', () => syncContract(subject));
    describe('conflicts', () => conflictsContract(subject));
    describe('histories', () => historiesContract(subject));
    describe('roles', () => rolesContract(subject));
    describe('many at once', () => concurrencyContract(subject));
    describe('stream', () => streamContract(subject));
    describe('access', () => accessContract(subject));
    describe('hints', () => hintsContract(subject));
    describe('authorisation', () => authorisationContract(subject));
    describe('hostile requests', () => fuzzContract(subject));
    describe('leads for scripts', () => leadsContract(subject));
    describe('limits', () => limitsContract(subject));
    describe('tables', () => tablesContract(subject));

    it('logs nothing of what people wrote or who they are', () => {
      // Times and process ids are digits that may look like a phone number's.
      const text = logged.join('').replace(/"(time|pid|ms)":[\d.]+/g, '');
      expect(text).toContain('/v1/sync/:collection/push');
      expect(text).not.toMatch(/example\.org|correct horse|4915|Bearer|[\w-]{43}/);
    });
  });
}
