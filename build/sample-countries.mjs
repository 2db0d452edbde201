// @ts-check
// What the sample's people are like by country: names, cities, and phone numbers that nobody has,
// from the ranges that regulators keep free for films where there are such ranges.

/**
 * @typedef {object} Country
 * @property {number} weight how many of all people
 * @property {string} code calling code
 * @property {string[]} names how files call the country
 * @property {string[]} first
 * @property {string[]} last
 * @property {string[]} cities
 * @property {NumberRange[]} ranges
 * @property {string} trunk what is dialled before a number at home
 * @property {string[]} formats how a number is written at home, a `9` for each digit after the trunk
 */

/**
 * National numbers: the pattern's `x` are replaced by the digits of an index.
 * @typedef {string} NumberRange
 */

const words = (/** @type {string} */ text) => text.split(' ');

/** @type {Country[]} */
export const COUNTRIES = [
  {
    weight: 20,
    code: '91',
    names: ['India', 'India', 'India', 'IN', 'भारत'],
    first: words(
      'Aarav Ananya Priya Rahul Sneha Vikram Meera Arjun Kavya Rohan Divya Suresh Lakshmi Imran Fatima Gurpreet Deepak Nisha',
    ),
    last: words(
      'Sharma Patel Reddy Iyer Khan Singh Gupta Nair Das Joshi Menon Chatterjee Kapoor Desai Rao Naidu',
    ),
    cities: words('Mumbai Delhi Bengaluru Hyderabad Chennai Pune Kolkata Ahmedabad Jaipur Kochi'),
    ranges: ['70000xxxxx', '80000xxxxx', '90000xxxxx'],
    trunk: '0',
    formats: ['99999 99999', '9999999999', '999-999-9999', '9999 999 999'],
  },
  {
    weight: 14,
    code: '1',
    names: ['United States', 'USA', 'US', 'United States of America'],
    first: words(
      'James Mary Robert Linda Michael Aisha David Maria Kevin Ashley Tyrone Emily Carlos Hannah Brandon Grace',
    ),
    last: words(
      "Smith Johnson Williams Brown Garcia Miller Davis O'Brien Wilson Nguyen Moore Jackson Lee Harris Clark Lewis",
    ),
    cities: [
      'New York',
      'Chicago',
      'Houston',
      'Miami',
      'Seattle',
      'Denver',
      'Boston',
      'Atlanta',
      'San José',
      'Austin',
    ],
    ranges: words(
      '212 213 214 215 216 303 305 312 313 314 404 407 408 410 412 415 503 504 505 512 513 602 603 606 612 615 617 702 703 704 713 714 718 801 802 803 804 805 808 816 901 904 907 908 913 916 917 919 972 978',
    ).map((area) => `${area}55501xx`),
    trunk: '',
    formats: ['(999) 999-9999', '999-999-9999', '999.999.9999', '9999999999', '1-999-999-9999'],
  },
  {
    weight: 12,
    code: '55',
    names: ['Brazil', 'Brasil', 'BR'],
    first: [
      'João',
      'Maria',
      'José',
      'Ana',
      'Antônio',
      'Francisca',
      'Luiz',
      'Letícia',
      'Paulo',
      'Juliana',
      'Márcio',
      'Camila',
    ],
    last: [
      'Silva',
      'Santos',
      'Oliveira',
      'Souza',
      'Lima',
      'Pereira',
      'Ferreira',
      'Araújo',
      'Gonçalves',
      'Conceição',
    ],
    cities: [
      'São Paulo',
      'Rio de Janeiro',
      'Belo Horizonte',
      'Curitiba',
      'Recife',
      'Salvador',
      'Brasília',
      'Goiânia',
    ],
    ranges: [
      '1199000xxxx',
      '2198000xxxx',
      '3196000xxxx',
      '4199100xxxx',
      '8198100xxxx',
      '113000xxxx',
    ],
    trunk: '',
    formats: ['(99) 99999-9999', '99 99999 9999', '99999999999', '(99) 9 9999-9999'],
  },
  {
    weight: 9,
    code: '52',
    names: ['Mexico', 'México', 'MX'],
    first: [
      'María',
      'José',
      'Guadalupe',
      'Juan',
      'Sofía',
      'Miguel Ángel',
      'Ximena',
      'Jesús',
      'Fernanda',
      'Raúl',
    ],
    last: [
      'Hernández',
      'García',
      'Martínez',
      'López',
      'González',
      'Rodríguez',
      'Pérez',
      'Núñez',
      'Ávila',
      'Muñoz',
    ],
    cities: [
      'Ciudad de México',
      'Guadalajara',
      'Monterrey',
      'Puebla',
      'Mérida',
      'Querétaro',
      'Tijuana',
    ],
    ranges: ['555555xxxx', '333333xxxx', '818181xxxx'],
    trunk: '',
    formats: ['99 9999 9999', '99-9999-9999', '9999999999', '(99) 9999 9999'],
  },
  {
    weight: 8,
    code: '49',
    names: ['Germany', 'Deutschland', 'DE'],
    first: [
      'Anna',
      'Jürgen',
      'Lena',
      'Björn',
      'Sabine',
      'Mehmet',
      'Käthe',
      'Lukas',
      'Ulrike',
      'Jörg',
      'Emine',
      'Finn',
    ],
    last: [
      'Müller',
      'Schmidt',
      'Schneider',
      'Weiß',
      'Yılmaz',
      'Köhler',
      'Groß',
      'Becker',
      'Schäfer',
      'von der Heide',
    ],
    cities: ['Berlin', 'München', 'Köln', 'Hamburg', 'Frankfurt am Main', 'Düsseldorf', 'Würzburg'],
    ranges: [
      '3023125xxx',
      '2214710xxx',
      '6990009xxx',
      '4066969xxx',
      '8999998xxx',
      '17139200xx',
      '1579230xxxx',
    ],
    trunk: '0',
    formats: ['999 9999999', '999/9999999', '999-9999999', '(999) 99 99 999'],
  },
  {
    weight: 7,
    code: '44',
    names: ['United Kingdom', 'UK', 'GB', 'England'],
    first: words('Oliver Amelia Mohammed Isla Harry Olivia Callum Priya Rhys Siobhan George Freya'),
    last: words(
      "Jones Taylor Davies Evans Thomas Roberts O'Connor Ahmed Walker Wright Hughes Begum",
    ),
    cities: words('London Manchester Leeds Cardiff Glasgow Bristol Belfast Sheffield'),
    ranges: [
      '7400000xxx',
      '7500100xxx',
      '7900100xxx',
      '2079460xxx',
      '1134960xxx',
      '1144960xxx',
      '1164960xxx',
      '1174960xxx',
      '1214960xxx',
      '1314960xxx',
      '1414960xxx',
      '1614960xxx',
    ],
    trunk: '0',
    formats: ['9999 999999', '9999999999', '999 9999 999', '9999-999-999'],
  },
  {
    weight: 6,
    code: '33',
    names: ['France', 'FR'],
    first: [
      'Émilie',
      'Jean-Luc',
      'Chloé',
      'Mathieu',
      'Zoé',
      'François',
      'Inès',
      'Benoît',
      'Aïcha',
      'Hélène',
    ],
    last: [
      'Martin',
      'Bernard',
      'Dubois',
      'Lefèvre',
      'Moreau',
      'Girard',
      'Benali',
      'Roux',
      "D'Angelo",
      'Garçon',
    ],
    cities: ['Paris', 'Lyon', 'Marseille', 'Nîmes', 'Saint-Étienne', 'Orléans', 'Besançon'],
    ranges: [
      '60000xxxx',
      '61000xxxx',
      '19900xxxx',
      '26191xxxx',
      '35301xxxx',
      '46571xxxx',
      '53649xxxx',
    ],
    trunk: '0',
    formats: ['9 99 99 99 99', '9.99.99.99.99', '9-99-99-99-99', '999999999'],
  },
  {
    weight: 6,
    code: '34',
    names: ['Spain', 'España', 'ES'],
    first: ['Lucía', 'Alejandro', 'Núria', 'Íñigo', 'Carmen', 'Jordi', 'Begoña', 'Pablo'],
    last: ['Fernández', 'Sánchez', 'Ruiz', 'Jiménez', 'Ibáñez', 'Ortega', 'Castaño', 'Puig'],
    cities: ['Madrid', 'Barcelona', 'València', 'Sevilla', 'A Coruña', 'Málaga', 'Logroño'],
    ranges: ['60000xxxx', '61111xxxx', '91000xxxx'],
    trunk: '',
    formats: ['999 99 99 99', '999 999 999', '999-999-999', '999999999'],
  },
  {
    weight: 5,
    code: '39',
    names: ['Italy', 'Italia', 'IT'],
    first: words('Giulia Marco Chiara Luca Francesca Matteo Niccolò Alessia'),
    last: ['Rossi', 'Russo', 'Ferrari', 'Esposito', 'De Luca', "D'Amico", 'Colombo', 'Nicolò'],
    cities: ['Roma', 'Milano', 'Torino', 'Napoli', 'Forlì', 'Bologna'],
    ranges: ['320000xxxx', '347000xxxx', '333000xxxx'],
    trunk: '',
    formats: ['999 999 9999', '999-9999999', '999/9999999', '9999999999'],
  },
  {
    weight: 5,
    code: '54',
    names: ['Argentina', 'AR'],
    first: ['Martín', 'Valentina', 'Agustín', 'Camila', 'Joaquín', 'Milagros', 'Nicolás'],
    last: ['Fernández', 'Álvarez', 'Romero', 'Benítez', 'Acuña', 'Rossi', 'Giménez'],
    cities: ['Buenos Aires', 'Córdoba', 'Rosario', 'Mendoza', 'Tucumán'],
    ranges: ['115555xxxx', '351555xxxx', '341555xxxx'],
    trunk: '',
    formats: ['99 9999-9999', '9999999999', '(99) 9999 9999'],
  },
  {
    weight: 4,
    code: '971',
    names: ['United Arab Emirates', 'UAE', 'AE', 'الإمارات'],
    first: ['محمد', 'فاطمة', 'Ahmed', 'Layla', 'عمر', 'Noura', 'خالد', 'Mariam'],
    last: ['المنصوري', 'الهاشمي', 'Al Nahyan', 'Al Maktoum', 'السويدي', 'Haddad'],
    cities: ['Dubai', 'أبوظبي', 'Sharjah', 'Ajman'],
    ranges: ['50000xxxx', '52000xxxx', '55000xxxx'],
    trunk: '0',
    formats: ['99 999 9999', '99-9999999', '999999999'],
  },
  {
    weight: 4,
    code: '62',
    names: ['Indonesia', 'ID'],
    first: words('Budi Siti Agus Dewi Putri Rizky Wahyu Ayu'),
    last: words('Santoso Wijaya Lestari Nugroho Pratama Hidayat Siregar'),
    cities: words('Jakarta Surabaya Bandung Medan Denpasar'),
    ranges: ['8120000xxxx', '8130000xxxx', '8570000xxxx'],
    trunk: '0',
    formats: ['999-9999-9999', '999 9999 9999', '99999999999'],
  },
  {
    weight: 3,
    code: '81',
    names: ['Japan', '日本', 'JP'],
    first: ['太郎', '花子', '健', '美咲', 'Haruto', 'Yui'],
    last: ['山田', '佐藤', '鈴木', '高橋', 'Tanaka', 'Watanabe'],
    cities: ['東京', '大阪', 'Kyoto', '横浜', 'Sapporo'],
    ranges: ['901000xxxx', '801000xxxx', '701000xxxx'],
    trunk: '0',
    formats: ['99-9999-9999', '99 9999 9999', '9999999999'],
  },
];

/** The national number with an index, of as many as there are. @param {Country} country @param {number} index */
export function nationalNumber({ ranges }, index) {
  let rest = index;
  for (const range of ranges) {
    const digits = range.split('x').length - 1;
    const size = 10 ** digits;
    if (rest < size) return range.replace(/x+/, String(rest).padStart(digits, '0'));
    rest -= size;
  }
  throw new RangeError('no such number');
}

/** How many numbers there are. @param {Country} country */
export function countOfNumbers({ ranges }) {
  return ranges.reduce((sum, range) => sum + 10 ** (range.split('x').length - 1), 0);
}
