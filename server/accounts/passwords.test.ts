import { describe, expect, it } from 'vitest';
import { PASSWORD_COST, Passwords } from './passwords.ts';

describe('passwords', () => {
  const cheap = new Passwords({ N: 16, r: 1, p: 1 });

  it('are known by a hash with its parameters, another each time', async () => {
    const passwords = new Passwords();
    const [a, b] = [await passwords.hash('secret'), await passwords.hash('secret')];
    expect(a).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(a).not.toBe(b);
    expect(await passwords.verify('secret', a)).toBe(true);
    expect(await passwords.verify('Secret', a)).toBe(false);
    expect(PASSWORD_COST).toEqual({ N: 2 ** 15, r: 8, p: 1 });
  });

  it('are verified at the cost they were hashed with', async () => {
    const hash = await cheap.hash('secret');
    expect(await new Passwords({ N: 32, r: 2, p: 1 }).verify('secret', hash)).toBe(true);
  });

  it('are the same however accents were typed', async () => {
    expect(await cheap.verify('cafe\u0301', await cheap.hash('caf\u00e9'))).toBe(true);
  });

  it('cost as much for an address that nobody has', async () => {
    const passwords = new Passwords();
    const time = async (hash?: string) => {
      const start = performance.now();
      expect(await passwords.verify('wrong', hash)).toBe(false);
      return performance.now() - start;
    };
    const hash = await passwords.hash('secret');
    const known = Math.min(await time(hash), await time(hash));
    expect(Math.min(await time(), await time())).toBeGreaterThan(known / 4);
  });

  it('are refused, not queued for ever, when too many come at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => cheap.verify('secret')),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(100 - 66);
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable', status: 503 } });
    expect(await cheap.verify('secret')).toBe(false);
  });

  it.each(['', 'plain', 'md5$a$b', 'scrypt$16'])(
    'never match what is no hash: %s',
    async (text) => {
      expect(await cheap.verify('', text)).toBe(false);
    },
  );
});
