/**
 * Whether `+` and E.164 digits are a valid number, as `parsePhoneNumber(key)` of
 * libphonenumber-js/max says. For most valid numbers the answer comes from that library's
 * metadata directly, with expressions compiled once: the library compiles them anew for every
 * number, which would take most of an import's time. Whatever is not certain is asked of the library.
 */
import parsePhoneNumber, { Metadata } from 'libphonenumber-js/max';

/** Whether the number is valid by itself, and is what the library makes of it. */
export function isValidNumber(key: string): boolean {
  return isSurelyValid(key) || isValidByLibrary(key);
}

/** The answer of the library. */
export function isValidByLibrary(key: string): boolean {
  const parsed = parsePhoneNumber(key, { extract: false });
  return parsed !== undefined && parsed.number === key && parsed.isValid();
}

/** True only for numbers that the library says are valid; false means nothing. */
export function isSurelyValid(key: string): boolean {
  if (!/^\+[1-9]\d{6,14}$/.test(key)) return false;
  const code = callingCodeOf(key);
  const plan = code === undefined ? undefined : planOf(code);
  if (code === undefined || plan === undefined) return false;
  const national = key.slice(1 + code.length);
  if (plan.prefix?.test(national)) return false;
  const only = plan.countries.length === 1 ? plan.countries[0] : undefined;
  const country = only ?? plan.countries.find((each) => claims(each, national));
  return country !== undefined && hasType(country, national);
}

interface CountryPlan {
  leadingDigits: RegExp | undefined;
  national: RegExp;
  types: { pattern: RegExp; lengths: readonly number[] | undefined }[];
}

interface CallingCodePlan {
  /** What the library would strip from the beginning of a national number. */
  prefix: RegExp | undefined;
  countries: CountryPlan[];
}

/** The part of the library's metadata that its types leave out. */
interface LibraryPlan {
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  leadingDigits(): string | undefined;
  hasTypes(): boolean;
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
}
interface LibraryMetadata {
  hasCallingCode(code: string): boolean | undefined;
  getCountryCodesForCallingCode(code: string): string[] | undefined;
  selectNumberingPlan(country: string): unknown;
  numberingPlan?: LibraryPlan;
}

const TYPES = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

const metadata = new Metadata() as unknown as LibraryMetadata;
const plans = new Map<string, CallingCodePlan | undefined>();

/** No calling code begins with another one. */
function callingCodeOf(key: string): string | undefined {
  for (let length = 1; length <= 3; length++) {
    const code = key.slice(1, 1 + length);
    if (plans.has(code) || metadata.hasCallingCode(code)) return code;
  }
  return undefined;
}

function planOf(code: string): CallingCodePlan | undefined {
  if (!plans.has(code)) plans.set(code, compilePlan(code));
  return plans.get(code);
}

function compilePlan(code: string): CallingCodePlan | undefined {
  const names = metadata.getCountryCodesForCallingCode(code);
  if (names === undefined) return undefined;
  const raw = names.map(libraryPlan);
  const countries = raw.map(compileCountry);
  const prefix = raw[0]?.nationalPrefixForParsing();
  return { prefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined, countries };
}

function libraryPlan(country: string): LibraryPlan {
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  if (plan === undefined) throw new Error(`no numbering plan for ${country}`);
  return plan;
}

function compileCountry(plan: LibraryPlan): CountryPlan {
  const leadingDigits = plan.leadingDigits();
  const types = plan.hasTypes() ? TYPES.flatMap((name) => plan.type(name) ?? []) : [];
  return {
    leadingDigits: leadingDigits ? new RegExp(`^(?:${leadingDigits})`) : undefined,
    national: whole(plan.nationalNumberPattern()),
    types: types
      .filter((type) => type.pattern())
      .map((type) => ({ pattern: whole(type.pattern()), lengths: type.possibleLengths() })),
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** Whether a number is this country's among those that share its calling code. */
function claims(country: CountryPlan, national: string): boolean {
  return country.leadingDigits?.test(national) ?? hasType(country, national);
}

function hasType({ national, types }: CountryPlan, number: string): boolean {
  if (!national.test(number)) return false;
  return types.some(
    ({ pattern, lengths }) => (lengths?.includes(number.length) ?? true) && pattern.test(number),
  );
}
