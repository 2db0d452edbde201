/** Where the laptop is, for phone numbers without a country code and for the team's days. */
import { countrySchema } from '../../shared/protocol/accounts.ts';

/** What the system says about its region and languages. */
export interface Locales {
  /** ISO 3166 code, or '' where the system names none. */
  country: string;
  /** Language tags, most preferred first. */
  languages: readonly string[];
}

const FALLBACK_COUNTRY = 'US';

/** The country: the system's region, else one named in a language, else the language's own. */
export function countryOf({ country, languages }: Locales): string {
  const locales = languages.flatMap(parseLocale);
  const named = locales.map((locale) => locale.region);
  const likely = locales.map(likelyRegion);
  return [country, ...named, ...likely].find(isCountry) ?? FALLBACK_COUNTRY;
}

/** IANA name of the system's time zone. */
export function systemTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** A tag's own region aside: it may be a continent's, as in es-419. */
function likelyRegion({ language, script }: Intl.Locale): string | undefined {
  return new Intl.Locale(language, script ? { script } : {}).maximize().region;
}

function isCountry(code: string | undefined): code is string {
  return countrySchema.safeParse(code).success;
}

/** Systems without a language call it `c`, and POSIX tags are no language tags. */
function parseLocale(tag: string): Intl.Locale[] {
  try {
    return /^[a-z]{2,3}(-|$)/i.test(tag) ? [new Intl.Locale(tag.split('@')[0] ?? '')] : [];
  } catch {
    return [];
  }
}
