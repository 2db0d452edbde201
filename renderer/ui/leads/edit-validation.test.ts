import { expect, it } from 'vitest';
import { flawOf } from './edit-validation.ts';

it.each([
  ['email', 'ana@north.example', undefined],
  ['email', 'ana at north', 'Enter an e-mail address'],
  ['url', 'north.example/team', undefined],
  ['url', 'https://north.example', undefined],
  ['url', 'no address', 'Enter a web address'],
  ['number', 12.5, undefined],
  ['number', Number.NaN, 'Enter a number'],
  ['text', 'x'.repeat(10_001), 'This text is too long'],
  ['email', '', undefined],
  ['number', null, undefined],
] as const)('%s takes or refuses %j', (type, value, flaw) => {
  expect(flawOf(type, value)).toBe(flaw);
});
