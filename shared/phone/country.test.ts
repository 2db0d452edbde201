import { expect, test } from 'vitest';
import { countryOf } from './country.ts';

test.each([
  ['IN', 'IN'],
  [' de ', 'DE'],
  ['DEU', 'DE'],
  ['Germany', 'DE'],
  ['Deutschland', 'DE'],
  ['ALLEMAGNE', 'DE'],
  ['Alemania', 'DE'],
  ['Германия', 'DE'],
  ['ألمانيا', 'DE'],
  ['德国', 'DE'],
  ['España', 'ES'],
  ['Espana', 'ES'],
  ['Brasil', 'BR'],
  ['México', 'MX'],
  ['U.S.A.', 'US'],
  ['U.K.', 'GB'],
  ['UK', 'GB'],
  ['The Netherlands', 'NL'],
  ['Türkiye', 'TR'],
  ['Turkey', 'TR'],
  ['भारत', 'IN'],
  ['日本', 'JP'],
  ['Viet Nam', 'VN'],
  ["Côte d'Ivoire", 'CI'],
  ['+49', 'DE'],
  ['0091', 'IN'],
  ['1', 'US'],
  ['7', 'RU'],
  ['44', 'GB'],
])('%s is %s', (text, country) => {
  expect(countryOf(text)).toBe(country);
});

test.each(['', '-', 'Europe', 'North', '999', '0', 'Springfield'])('%s is none', (text) => {
  expect(countryOf(text)).toBeUndefined();
});
