/** Countries to choose from. */
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

export interface CountryChoice {
  value: string;
  label: string;
}

let known: CountryChoice[] | undefined;

/** All countries with their calling codes, by name: `Brazil (+55)`. */
export function countryChoices(): CountryChoice[] {
  known ??= listCountries();
  return known;
}

function listCountries(): CountryChoice[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return getCountries()
    .map((code) => ({
      value: code,
      label: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})`,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}
