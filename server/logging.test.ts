import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { loggerOptions, logRequest } from './logging.ts';

describe('logging', () => {
  it('names the route and the error, and no address, value or parameter', async () => {
    const lines: string[] = [];
    const app = fastify({
      logger: loggerOptions({ level: 'info', stream: { write: (line) => lines.push(line) } }),
    });
    app.addHook('onResponse', logRequest);
    app.get('/v1/:thing', async (request) => {
      const error = Object.assign(new Error('duplicate key'), {
        code: '23505',
        detail: 'Key (email)=(ann@example.org) already exists.',
        params: ['ann@example.org'],
      });
      request.log.error({ err: error, req: request }, 'failed');
      return {};
    });
    await app.inject({ url: '/v1/4915112345678?name=ann@example.org' });
    const text = lines.join('');
    expect(text).toContain('"/v1/:thing"');
    expect(text).toContain('23505');
    expect(text).not.toMatch(/ann@|4915/);
  });
});
