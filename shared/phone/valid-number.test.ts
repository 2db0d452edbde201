import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test, vi } from 'vitest';
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
    { numRuns: 10_000 },
  );
}, 60_000);

test('the short way is the usual one', () => {
  const numbers = countries.flatMap((country) => getExampleNumber(country, examples)?.number ?? []);
  expect(numbers.length).toBeGreaterThan(200);
  expect(numbers.filter(isValidByLibrary)).toEqual(numbers);
  expect(numbers.filter(isSurelyValid).length).toBeGreaterThan(numbers.length * 0.97);
});

test('keys are the same as by the library alone', async () => {
  const { phoneKey } = await import('./phone-key.ts');
  vi.resetModules();
  vi.doMock('./valid-number.ts', () => ({
    isSurelyValid: () => false,
    isValidNumber: isValidByLibrary,
  }));
  const { phoneKey: byLibrary } = await import('./phone-key.ts');
  vi.doUnmock('./valid-number.ts');
  expect(byLibrary).not.toBe(phoneKey);

  const country = fc.constantFrom(...countries);
  const dialled = fc
    .tuple(
      country,
      fc.constantFrom('', '+', '00', '0', '+CC', '00CC', 'CC', '+CC0'),
      fc.stringMatching(/^[0-9]{5,12}$/),
    )
    .map(([name, prefix, digits]) => prefix.replace('CC', getCountryCallingCode(name)) + digits);
  fc.assert(
    fc.property(dialled, country, (text, from) => {
      expect(phoneKey(text, from)).toEqual(byLibrary(text, from));
    }),
    { numRuns: 3000 },
  );
}, 60_000);
