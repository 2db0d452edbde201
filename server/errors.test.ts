import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError, toApiError } from './errors.ts';

const coded = (code: string) => Object.assign(new Error('inner'), { code });

describe('answers to errors', () => {
  it.each<[string, unknown, number, string]>([
    ['a refusal', new ApiError('email-taken', 'Taken'), 409, 'email-taken'],
    ['a full disk', coded('53100'), 503, 'unavailable'],
    ['a database that is away', coded('ECONNREFUSED'), 503, 'unavailable'],
    ['a database that stops', coded('57P01'), 503, 'unavailable'],
    ['what nobody foresaw', coded('XX000'), 500, 'unavailable'],
    ['what is no error', 'thrown', 500, 'unavailable'],
  ])('for %s', (_, error, status, code) => {
    const answer = toApiError(error);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.message).not.toContain('inner');
  });

  it('names the field where the message alone says nothing', () => {
    const schema = z.object({ name: z.string().min(1, 'Enter your name'), age: z.number() });
    const { error } = schema.safeParse({ name: '', age: 'x' });
    expect(toApiError(error).message).toMatch(/^Enter your name\. age: Invalid input/);
  });
});
