/** The server as tests run it: on loopback, on a free port, on a database that many share. */
import type { AddressInfo } from 'node:net';
import { createServer, type ServerSettings } from '../app.ts';

export interface TestServer {
  address: string;
  /** As `GET /v1/health`. */
  routes: string[];
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
  const routes = readRoutes(app.printRoutes({ commonPrefix: false }));
  return { address: `http://127.0.0.1:${port}`, routes, close: () => app.close() };
}

/** Out of the tree that Fastify draws; HEAD goes with GET. */
function readRoutes(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*)── (\S+) \((.*)\)$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = Math.floor(indent.length / 4);
    const url = (above[depth - 1] ?? '') + part;
    above.splice(depth, above.length, url);
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${url}`);
  });
}
