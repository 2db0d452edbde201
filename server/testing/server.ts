/** The server as tests run it: on loopback, on a free port, on a database that many share. */
import type { AddressInfo } from 'node:net';
import { createServer, type ServerSettings } from '../app.ts';

export interface TestServer {
  address: string;
  close(): Promise<void>;
}

/** Of everything that was logged, whichever server did. */
export const logged: string[] = [];

export async function startTestServer(settings: ServerSettings): Promise<TestServer> {
  const app = await createServer({
    rateLimits: { perPerson: 100_000, perAddress: 100_000 },
    passwordCost: { N: 16, r: 1, p: 1 },
    log: { level: 'trace', stream: { write: (line) => logged.push(line) } },
    ...settings,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => app.close() };
}
