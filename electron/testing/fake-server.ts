/** For tests: an HTTP server on this machine whose answers a test decides. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: unknown;
}

export type Answer = (seen: Seen, response: http.ServerResponse) => void;

export class FakeServer {
  readonly seen: Seen[] = [];
  private answers: Answer = (_seen, response) => response.writeHead(404).end();
  private readonly server = http.createServer((request, response) => {
    void this.take(request, response);
  });

  static async start(answer?: Answer): Promise<FakeServer> {
    const server = new FakeServer();
    if (answer) server.answers = answer;
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answer(answer: Answer): void {
    this.answers = answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url = '', headers } = request;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const seen = { method, path: url, headers, body };
    this.seen.push(seen);
    this.answers(seen, response);
  }
}

export function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The start of a stream of server-sent events. */
export function stream(response: http.ServerResponse): http.ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('event: hello\ndata: {}\n\n');
  return response;
}
