import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { isSurelyValid, isValidByLibrary } from './valid-number.ts';

const countries = getCountries();

test('the short way never calls a number valid that the library does not', () => {
  const number = fc
    .tuple(fc.constantFrom(...countries), fc.stringMatching(/^[0-9]{4,12}$/))
    .map(([country, digits]) => `+${getCountryCallingCode(country)}${digits}`);
  fc.assert(
    fc.property(number, (key) => {
      if (isSurelyValid(key)) expect([key, isValidByLibrary(key)]).toEqual([key, true]);
    }),
    { numRuns: 20_000 },
  );
}, 60_000);

test('the short way is the usual one', () => {
  const numbers = countries.flatMap((country) => getExampleNumber(country, examples)?.number ?? []);
  expect(numbers.length).toBeGreaterThan(200);
  expect(numbers.filter(isValidByLibrary)).toEqual(numbers);
  expect(numbers.filter(isSurelyValid).length).toBeGreaterThan(numbers.length * 0.97);
});
