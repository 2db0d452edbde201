import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('options', () => {
  it('have defaults', () => {
    expect(readOptions([], {})).toEqual({
      port: 4747,
      host: '127.0.0.1',
      dataFolder: path.resolve('satchel-data'),
      publicUrl: undefined,
      databaseUrl: undefined,
      logLevel: 'warn',
    });
  });

  it('are read from the command line and the environment', () => {
    const args = '--port=0 --host 0.0.0.0 --data data --public-url https://a.example/b/ --log info';
    const env = { DATABASE_URL: 'postgres://localhost/satchel' };
    expect(readOptions(args.split(' '), env)).toEqual({
      port: 0,
      host: '0.0.0.0',
      dataFolder: path.resolve('data'),
      publicUrl: 'https://a.example/b',
      databaseUrl: 'postgres://localhost/satchel',
      logLevel: 'info',
    });
  });

  it('are not read where help is asked for', () => {
    expect(readOptions(['--help', '--port', 'x'], {})).toBeUndefined();
  });

  it.each(['--port=-1', '--port=x', '--port=65536', '--log=loud', '--public-url=ftp://a', 'extra'])(
    'refuse %s',
    (arg) => {
      expect(() => readOptions([arg], {})).toThrow();
    },
  );
});
