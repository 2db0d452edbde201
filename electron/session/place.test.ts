import { expect, test } from 'vitest';
import { countryOf, systemTimeZone } from './place.ts';

test.each([
  ['the system names its region', { country: 'MX', languages: ['en-US'] }, 'MX'],
  ['a language names one', { country: '', languages: ['pt-BR', 'en-US'] }, 'BR'],
  ['a language with a script', { country: '', languages: ['zh-Hant-TW'] }, 'TW'],
  ['a later language names one', { country: '', languages: ['es', 'es-AR'] }, 'AR'],
  ['a language has its own', { country: '', languages: ['pt'] }, 'BR'],
  ['a POSIX locale', { country: '', languages: ['c', 'en-US@posix'] }, 'US'],
  ['a region that is no country', { country: '419', languages: ['es-419'] }, 'ES'],
  ['nothing is known', { country: '', languages: ['c', ''] }, 'US'],
])('%s', (_case, locales, country) => {
  expect(countryOf(locales)).toBe(country);
});

test('the time zone is one that dates can be shown in', () => {
  const timeZone = systemTimeZone();
  expect(() => new Date(0).toLocaleString('en', { timeZone })).not.toThrow();
});
