/** The country that a cell names, in whatever way a file does. */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

/** Languages in which country names are understood, besides each country's codes. */
// biome-ignore format: a list of words
const LANGUAGES = [
  'en', 'es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ru', 'uk', 'cs', 'ro', 'sv', 'da', 'nb',
  'fi', 'hu', 'el', 'ar', 'he', 'fa', 'hi', 'id', 'ms', 'vi', 'th', 'ja', 'ko', 'zh-Hans', 'zh-Hant',
];

/** Names that `Intl` does not give, or gave in other years. */
// biome-ignore format: a list of words
const OTHER_NAMES: Record<string, string> = {
  AE: 'UAE, ARE, Emirates, الإمارات', AR: 'ARG', AT: 'AUT', AU: 'AUS', BD: 'BGD', BE: 'BEL',
  BO: 'BOL, Bolivia', BR: 'BRA, Brasil', CA: 'CAN', CD: 'COD, Congo Kinshasa, DR Congo',
  CG: 'COG, Congo Brazzaville, Congo', CH: 'CHE, Swiss', CI: 'CIV, Ivory Coast', CL: 'CHL',
  CN: 'CHN, PRC, Mainland China', CO: 'COL', CR: 'CRI', CV: 'CPV, Cape Verde',
  CZ: 'CZE, Czech Republic', DE: 'DEU, GER, BRD', DK: 'DNK', DO: 'DOM', DZ: 'DZA', EC: 'ECU',
  EG: 'EGY', ES: 'ESP', ET: 'ETH', FI: 'FIN', FR: 'FRA',
  GB: 'GBR, UK, England, Scotland, Wales, Northern Ireland, Great Britain, Britain',
  GH: 'GHA', GR: 'GRC', GT: 'GTM', HK: 'HKG, Hong Kong', HN: 'HND', HR: 'HRV', HU: 'HUN',
  ID: 'IDN', IE: 'IRL, Republic of Ireland, Eire', IL: 'ISR', IN: 'IND, Bharat', IQ: 'IRQ',
  IR: 'IRN', IT: 'ITA', JO: 'JOR', JP: 'JPN', KE: 'KEN', KH: 'KHM', KR: 'KOR, Korea, Republic of Korea',
  KW: 'KWT', KZ: 'KAZ', LA: 'LAO', LB: 'LBN', LK: 'LKA', MA: 'MAR', MK: 'MKD, Macedonia',
  MM: 'MMR, Burma', MO: 'MAC, Macau, Macao', MX: 'MEX, Mexico', MY: 'MYS', NG: 'NGA', NI: 'NIC',
  NL: 'NLD, Holland', NO: 'NOR', NP: 'NPL', NZ: 'NZL', OM: 'OMN', PA: 'PAN', PE: 'PER',
  PH: 'PHL', PK: 'PAK', PL: 'POL', PS: 'PSE, Palestine', PT: 'PRT', PY: 'PRY', QA: 'QAT', RO: 'ROU',
  RS: 'SRB', RU: 'RUS, Russian Federation', SA: 'SAU, KSA, السعودية', SE: 'SWE', SG: 'SGP', SI: 'SVN',
  SK: 'SVK', SV: 'SLV', SY: 'SYR', SZ: 'SWZ, Swaziland, Eswatini', TH: 'THA', TN: 'TUN',
  TR: 'TUR, Turkey, Turkiye', TW: 'TWN', TZ: 'TZA', UA: 'UKR', UG: 'UGA',
  US: 'USA, America, United States of America', UY: 'URY', VE: 'VEN', VN: 'VNM, Viet Nam',
  XK: 'XKX', YE: 'YEM', ZA: 'ZAF, RSA', ZM: 'ZMB', ZW: 'ZWE',
};

let countries: Map<string, string> | undefined;

/**
 * ISO 3166-1 alpha-2 of a country named by its codes (`de`, `DEU`), by its name in one of many
 * languages, or by its calling code (`+49`); undefined where it is none or not sure.
 */
export function countryOf(text: string): string | undefined {
  const known = answers.get(text);
  if (known !== undefined || answers.has(text)) return known;
  const country = findCountry(text);
  if (answers.size < MAX_ANSWERS) answers.set(text, country);
  return country;
}

/** A file names few countries, each of them often. */
const answers = new Map<string, string | undefined>();
const MAX_ANSWERS = 1000;

function findCountry(text: string): string | undefined {
  countries ??= knownNames();
  const callingCode = /^\s*(?:\+|00)?\s*([1-9]\d{0,2})\s*$/.exec(text)?.[1];
  return countries.get(callingCode ?? plainName(text));
}

function knownNames(): Map<string, string> {
  const names = new Map<string, string>();
  const add = (name: string, country: string) => {
    if (!names.has(name)) names.set(name, country);
  };
  const all = getCountries();
  for (const country of all) add(country.toLowerCase(), country);
  for (const [country, others] of Object.entries(OTHER_NAMES)) {
    for (const name of others.split(',')) add(plainName(name), country);
  }
  for (const country of MAIN_OF_SHARED_CODES) add(getCountryCallingCode(country), country);
  for (const country of all) add(getCountryCallingCode(country), country);
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const country of all) add(plainName(display.of(country) ?? country), country);
  }
  return names;
}

/** Of countries that share a calling code, the one whose numbers it usually means. */
const MAIN_OF_SHARED_CODES = ['US', 'RU', 'GB', 'IT', 'AU', 'NO', 'FI', 'MA'] as const;

/** Letters alone, without case, accents and a leading article. */
function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/\./g, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|la|le|el|die) /, '');
}
