import { expect, test } from 'vitest';
import { contentKey } from './content-key.ts';

test('the key is frozen: a stored one must be found again', () => {
  expect(contentKey({ name: 'Ana Pérez', phone: 'ask', 'c/city': 'Lima' })).toMatchInlineSnapshot(
    `"x:64ce4978f5ffc0839f033516faf3d535"`,
  );
});

test('the order of columns does not matter, and every value does', () => {
  const key = contentKey({ name: 'Ana', 'c/city': 'Lima' });
  expect(contentKey({ 'c/city': 'Lima', name: 'Ana' })).toBe(key);
  expect(contentKey({ 'c/city': 'Ana', name: 'Lima' })).not.toBe(key);
  expect(contentKey({ name: 'Ana' })).not.toBe(key);
  expect(key).toMatch(/^x:[0-9a-f]{32}$/);
});
