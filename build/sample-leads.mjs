// @ts-check
// npm run sample: writes a CSV file of made-up customers, as untidy as real ones, always the same
// for the same seed: `node build/sample-leads.mjs --rows 2000 --seed 1 --out samples/leads.csv`.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { COUNTRIES, countOfNumbers, nationalNumber } from './sample-countries.mjs';

/** @typedef {import('./sample-countries.mjs').Country} Country */

/**
 * @typedef {object} Person
 * @property {Country} country
 * @property {string} national number
 * @property {string} name
 * @property {string} city
 * @property {string} email
 */

const HEADER = [
  'Full Name',
  'Phone Number',
  'E-mail',
  'Company',
  'City',
  'Country',
  'Source Date',
  'Notes',
];
/** Out of a hundred rows. */
const REPEATED = 6;
const UNUSABLE = 1.2;
const BLANK = 0.4;

const NO_NUMBERS = [
  'ask at reception',
  'n/a',
  '-',
  '',
  'same as last year',
  '98765xxxxx',
  '9.19877E+11',
  '12345',
  'ana@example.com',
  '000',
];
const COMPANIES = [
  'Nordlicht GmbH',
  'Sunrise Traders',
  'Casa Azul',
  'Blue Harbor, Inc.',
  'Atelier 12',
  'Kite & Co.',
  'الأفق للتجارة',
  'Fábrica do Pão',
  '"Quick Fix" Repairs',
  '株式会社みらい',
  'Verde Viva S.A.',
  'Highland Foods Ltd',
];
const NOTES = [
  'Asked for a quote',
  'Call back on Monday, after 3 pm',
  'Met at the fair; wants the "large" plan',
  'Prefers WhatsApp',
  'Budget 1,500, maybe more',
  'First line\nSecond line, with a comma',
  'Interested 👍 but travelling until May',
  'No emails please',
  'Said: "not now", try again in autumn',
  'Referred by a friend',
  '-20% promised',
  '=special price',
];

/** The text of the file. @param {number} rows @param {number} seed */
export function sampleCsv(rows, seed) {
  const random = randomFrom(seed);
  const draw = drawCountry(random);
  /** @type {Person[]} */
  const people = [];
  const lines = [HEADER];
  while (lines.length <= rows) {
    const lot = random() * 100;
    if (lot < BLANK) lines.push(HEADER.map(() => ''));
    else if (lot < BLANK + UNUSABLE)
      lines.push(withoutNumber(newPerson(draw(), random, -1), random));
    else if (lot < BLANK + UNUSABLE + REPEATED && people.length > 20) {
      lines.push(rowOf(pick(people, random), random, true));
    } else {
      const person = newPerson(draw(), random, people.length);
      people.push(person);
      lines.push(rowOf(person, random, false));
    }
  }
  return `${lines.map(csvLine).join('\n')}\n`;
}

/** Numbers from 0 to 1, by mulberry32. @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {readonly T[]} list @param {() => number} random @returns {T} */
function pick(list, random) {
  return /** @type {T} */ (list[Math.floor(random() * list.length)]);
}

/** Draws countries by weight, each only as often as it has numbers. @param {() => number} random */
function drawCountry(random) {
  const left = new Map(COUNTRIES.map((country) => [country, countOfNumbers(country)]));
  const pool = COUNTRIES.flatMap((country) =>
    Array.from({ length: country.weight }, () => country),
  );
  return () => {
    for (;;) {
      const country = pick(pool, random);
      const numbers = left.get(country) ?? 0;
      if (numbers === 0) continue;
      left.set(country, numbers - 1);
      return { country, index: countOfNumbers(country) - numbers };
    }
  };
}

/** @param {{country: Country, index: number}} drawn @param {() => number} random @param {number} serial */
function newPerson({ country, index }, random, serial) {
  const first = pick(country.first, random);
  const last = pick(country.last, random);
  const account = `${ascii(first)}.${ascii(last)}`.replace(/^\.|\.$/g, '');
  const local = /[a-z]{2}/.test(account) ? account : 'contact';
  return {
    country,
    national: nationalNumber(country, scattered(index, countOfNumbers(country))),
    name: random() < 0.05 ? `${first} ${last}`.toUpperCase() : `${first} ${last}`,
    city: pick(country.cities, random),
    email: `${local}${serial < 0 ? '' : serial}@example.${pick(['com', 'org', 'net'], random)}`,
  };
}

/** Another index for each index, so that neighbours in the file have no neighbouring numbers. @param {number} index @param {number} count */
function scattered(index, count) {
  const step = 7919; // a prime that divides no count of numbers
  return (index * step + 13) % count;
}

/** @param {string} text */
function ascii(text) {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z]/g, '');
}

/** @param {Person} person @param {() => number} random @param {boolean} isRepeated */
function rowOf(person, random, isRepeated) {
  const hasCountry = random() < 0.96;
  const row = [
    isRepeated && random() < 0.3 ? person.name.toUpperCase() : person.name,
    writtenNumber(person, random, hasCountry),
    random() < 0.7 ? person.email : '',
    random() < 0.5 ? pick(COMPANIES, random) : '',
    random() < 0.85 ? person.city : '',
    hasCountry ? pick(person.country.names, random) : '',
    random() < 0.9 ? someDay(random) : '',
    random() < 0.35 ? pick(NOTES, random) : '',
  ];
  return row;
}

/** @param {Person} person @param {() => number} random */
function withoutNumber(person, random) {
  const row = rowOf(person, random, false);
  row[1] = pick(NO_NUMBERS, random);
  return row;
}

/** @param {() => number} random */
function someDay(random) {
  const day = new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 730) * 86_400_000);
  return day.toISOString().slice(0, 10);
}

/** The number in one of the ways that people write it. @param {Person} person @param {() => number} random @param {boolean} hasCountry */
function writtenNumber(person, random, hasCountry) {
  const written =
    !hasCountry || random() < 0.5 ? writtenAbroad(person, random) : writtenAtHome(person, random);
  const lot = random();
  if (lot < 0.01) return `'${written}`;
  if (lot < 0.02) return `\u202a${written}\u202c`;
  if (lot < 0.03) return `${written} / ${written}`;
  if (lot < 0.035 && !/\d{11}/.test(written))
    return `${written} ext. ${1 + Math.floor(random() * 99)}`;
  return lot < 0.06 ? written.replaceAll(' ', '\u00a0') : written;
}

/** @param {Person} person @param {() => number} random */
function writtenAtHome({ country, national }, random) {
  const lot = random();
  if (country.code === '55' && lot < 0.2) return withoutNinth(national);
  if (country.code === '52' && lot < 0.15)
    return `${pick(['044', '045', '01'], random)} ${national}`;
  if (country.code === '54' && lot < 0.3)
    return `0${national.slice(0, areaLength(national))} 15-${national.slice(areaLength(national))}`;
  if (country.code === '81' && lot < 0.2) return fullWidth(`0${national}`);
  if (country.code === '91' && lot < 0.1) return devanagari(national);
  const isWithTrunk = random() < 0.85;
  return formatted(national, pick(country.formats, random), isWithTrunk ? country.trunk : '');
}

/** @param {Person} person @param {() => number} random */
function writtenAbroad({ country, national }, random) {
  const { code } = country;
  const lot = random();
  if (code === '52' && lot < 0.3) return `+521${national}`;
  if (code === '54' && lot < 0.4) return `+54 9 ${national}`;
  if (code === '55' && lot < 0.25) return `+55 ${withoutNinth(national)}`;
  if (lot < 0.3) return `+${code}${national}`;
  if (lot < 0.4) return `00${code} ${national}`;
  if (lot < 0.5) return `+${code}-${national}`;
  if (lot < 0.6 && country.trunk === '0') return `+${code} (0) ${national}`;
  if (lot < 0.65) return `(+${code}) ${national}`;
  const format = pick(country.formats, random).replace(/^1-/, '');
  return `+${code} ${formatted(national, format, '')}`;
}

/** Fills a format with the digits; what does not fit it follows as it is. @param {string} national @param {string} format @param {string} trunk */
function formatted(national, format, trunk) {
  let at = 0;
  const text = format.replace(/9/g, () => national[at++] ?? '');
  const whole = (text + national.slice(at)).trim();
  return whole.startsWith('(') ? `(${trunk}${whole.slice(1)}` : trunk + whole;
}

/** A Brazilian mobile as it was until 2016; landlines have no ninth digit. @param {string} national */
function withoutNinth(national) {
  const isFoldable = national.length === 11 && /[689]/.test(national[3] ?? '');
  return isFoldable
    ? `(${national.slice(0, 2)}) ${national.slice(3, 7)}-${national.slice(7)}`
    : national;
}

/** Digits of the area code of an Argentine number. @param {string} national */
function areaLength(national) {
  return national.startsWith('11') ? 2 : 3;
}

/** @param {string} text */
function fullWidth(text) {
  return text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}

/** @param {string} text */
function devanagari(text) {
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x0966 + Number(digit)));
}

/** @param {string[]} cells */
function csvLine(cells) {
  return cells
    .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

function main() {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'samples/leads.csv' },
    },
  });
  const out = path.resolve(values.out);
  mkdirSync(path.dirname(out), { recursive: true });
  const csv = sampleCsv(Number(values.rows), Number(values.seed));
  writeFileSync(out, csv);
  console.log(
    `${values.rows} rows, ${Math.round(Buffer.byteLength(csv) / 1024)} KB: ${values.out}`,
  );
}

if (process.argv[1] && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) main();
