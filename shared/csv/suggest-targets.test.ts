import { describe, expect, test } from 'vitest';
import { phoneRank } from './header-names.ts';
import { suggestTargets } from './suggest-targets.ts';

/** The targets of a file given as lines of cells, in short. */
function suggest(header: string, ...rows: string[]): string[] {
  const cells = rows.map((row) => row.split('|'));
  const columns = header.split('|').map((name, i) => ({
    header: name,
    values: cells.map((row) => row[i] ?? ''),
  }));
  return suggestTargets(columns).map((target) =>
    target.to === 'custom' ? `${target.label}: ${target.type}` : target.to,
  );
}

describe('columns of other products', () => {
  test.each<[string, string, string, string[]]>([
    [
      'Google Contacts',
      'First Name|Middle Name|Last Name|Organization Name|Notes|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value|Phone 2 - Value',
      'Ana||Pérez|Acme|met at fair|* Work|ana@example.com|Mobile|+52 55 1234 5678|+52 55 8765 4321',
      [
        'firstName',
        'Middle Name: text',
        'lastName',
        'Organization Name: text',
        'Notes: longText',
        'E-mail 1 - Label: text',
        'E-mail 1 - Value: email',
        'Phone 1 - Label: text',
        'phone',
        'Phone 2 - Value: phone',
      ],
    ],
    [
      'Facebook lead ads',
      'id|created_time|ad_id|full_name|phone_number|email|lead_status',
      'l:123456789012345|2024-02-03T10:11:12+00:00|ag:6123456789012|Ravi Kumar|p:+919876543210|ravi@example.com|CREATED',
      [
        'id: text',
        'created_time: text',
        'ad_id: text',
        'name',
        'phone',
        'email: email',
        'lead_status: text',
      ],
    ],
    [
      'HubSpot',
      'Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Lead Status|Create Date|Country/Region|Website URL',
      '51|Eva|Maier|eva@example.de|030 1234567|Tom|New|2024-01-02|Germany|https://example.de',
      [
        'Record ID: text',
        'firstName',
        'lastName',
        'Email: email',
        'phone',
        'Contact owner: text',
        'Lead Status: text',
        'Create Date: date',
        'country',
        'Website URL: url',
      ],
    ],
    [
      'Outlook',
      'First Name|Last Name|Company|Business Fax|Business Phone|Home Phone|Mobile Phone|E-mail Address|Web Page',
      'Eva|Maier|Acme|030 99|030 1234567||0151 23456789|eva@example.de|',
      [
        'firstName',
        'lastName',
        'Company: text',
        'Business Fax: text',
        'Business Phone: phone',
        'Home Phone: phone',
        'phone',
        'E-mail Address: email',
        'Web Page: text',
      ],
    ],
    [
      'Shopify',
      'First Name|Last Name|Email|Default Address Company|Default Address Zip|Default Address Country Code|Phone|Total Spent|Total Orders|Note',
      "Ann|Lee|ann@example.com||10115|US|'+12125550123|125.50|3|",
      [
        'firstName',
        'lastName',
        'Email: email',
        'Default Address Company: text',
        'Default Address Zip: text',
        'Default Address Country Code: text',
        'phone',
        'Total Spent: number',
        'Total Orders: number',
        'Note: longText',
      ],
    ],
    [
      'a WhatsApp tool',
      'Country Code|Country|Phone Number|Formatted Phone|Is My Contact|Saved Name|Public Name',
      '91|India|9876543210|+91 98765 43210|Yes|Ravi|~ravi',
      [
        'country',
        'Country 2: text',
        'phone',
        'Formatted Phone: phone',
        'Is My Contact: text',
        'Saved Name: text',
        'Public Name: text',
      ],
    ],
  ])('%s', (_, header, row, targets) => {
    expect(suggest(header, row)).toEqual(targets);
  });
});

describe('columns in other languages', () => {
  test.each<[string, string, string[]]>([
    [
      'Name|Vorname|Handy|Telefon geschäftlich|Land|Bemerkung',
      'Maier|Eva|0151 23456789|030 1234567|Deutschland|x',
      [
        'lastName',
        'firstName',
        'phone',
        'Telefon geschäftlich: phone',
        'country',
        'Bemerkung: longText',
      ],
    ],
    [
      'Nom|Prénom|Téléphone portable|Courriel|Pays',
      'Dupont|Luc|06 12 34 56 78|luc@example.fr|France',
      ['lastName', 'firstName', 'phone', 'Courriel: email', 'country'],
    ],
    [
      'Nom du client|Tél.|Société',
      'Luc Dupont|06.12.34.56.78|Acme',
      ['name', 'phone', 'Société: text'],
    ],
    [
      'Nombre|Apellidos|Teléfono móvil|País|Observaciones',
      'Ana|Pérez|612 34 56 78|España|',
      ['firstName', 'lastName', 'phone', 'country', 'Observaciones: longText'],
    ],
    ['Nombre|Celular', 'Ana Pérez|55 1234 5678', ['name', 'phone']],
    [
      'Nome|Sobrenome|Celular|E-mail',
      'João|Silva|(11) 98765-4321|j@example.com.br',
      ['firstName', 'lastName', 'phone', 'E-mail: email'],
    ],
    ['Nome|Cognome|Cellulare', 'Anna|Rossi|347 123 4567', ['firstName', 'lastName', 'phone']],
    [
      'Imię|Nazwisko|Telefon komórkowy|Kraj',
      'Jan|Nowak|512 345 678|Polska',
      ['firstName', 'lastName', 'phone', 'country'],
    ],
    [
      'Adı Soyadı|Cep Telefonu|Ülke',
      'Ayşe Yılmaz|0532 123 45 67|Türkiye',
      ['name', 'phone', 'country'],
    ],
    [
      'Имя|Фамилия|Мобильный телефон|Комментарий',
      'Иван|Петров|8 916 123-45-67|',
      ['firstName', 'lastName', 'phone', 'Комментарий: longText'],
    ],
    ['ФИО|Телефон', 'Иван Петров|8 916 123-45-67', ['name', 'phone']],
    [
      '姓名|手机号码|公司|备注',
      '王伟|138 1234 5678|公司|',
      ['name', 'phone', '公司: text', '备注: longText'],
    ],
    [
      '氏名|電話番号|メールアドレス',
      '山田太郎|090-1234-5678|yamada@example.jp',
      ['name', 'phone', 'メールアドレス: email'],
    ],
    ['이름|휴대폰 번호|국가', '김철수|010-1234-5678|대한민국', ['name', 'phone', 'country']],
    ['الاسم|رقم الجوال|الدولة', 'محمد|050 123 4567|السعودية', ['name', 'phone', 'country']],
    ['नाम|मोबाइल नंबर', 'रवि|98765 43210', ['name', 'phone']],
    ['Nama|No HP|Alamat', 'Budi|0812-3456-7890|Jakarta', ['name', 'phone', 'Alamat: text']],
    ['Họ và tên|Số điện thoại', 'Nguyễn Văn An|0912 345 678', ['name', 'phone']],
    [
      'Voornaam|Achternaam|Mobiel nummer',
      'Jan|Jansen|06-12345678',
      ['firstName', 'lastName', 'phone'],
    ],
  ])('%s', (header, row, targets) => {
    expect(suggest(header, row)).toEqual(targets);
  });
});

test('of two columns, the one with a number in more rows is the phone', () => {
  expect(suggest('WhatsApp|Phone', '|030 1234567', '|030 1234568', '0151 23456789|030 1')).toEqual([
    'WhatsApp: phone',
    'phone',
  ]);
  expect(suggest('Phone|Mobile', '030 1234567|0151 23456789')).toEqual(['Phone: phone', 'phone']);
});

test('a column is known by its look where its header says nothing', () => {
  expect(suggest('A|B|C', '17|ana@example.com|+49 151 23456789', '18||0151 23456788')).toEqual([
    'A: number',
    'B: email',
    'phone',
  ]);
  expect(suggest('||', 'Ana|+49 151 23456789|')).toEqual(['Column 1: text', 'phone', 'nothing']);
  expect(suggest('|', 'Tan|91234567')).toEqual(['Column 1: text', 'phone']);
});

test.each([
  ['Order', '4001234567'],
  ['Zip', '101151234'],
  ['Signed up', '1700000000'],
  ['Born', '1970-01-31'],
  ['Last seen', '2024-01-31 10:20'],
  ['Amount', '1,234,567.00'],
  ['Server', '192.168.100.200'],
  ['Season', '2023-2024'],
  ['Phone type', 'Mobile'],
])('%s is no phone column', (header, value) => {
  expect(suggest(header, value)).not.toContain('phone');
});

test('a phone column is one although a spreadsheet spoilt its numbers', () => {
  expect(suggest('Name|Mobile', 'Ana|9.19877E+11', 'Eva|4.91512E+12')).toEqual(['name', 'phone']);
});

test('types are guessed with care', () => {
  const header = 'Budget|Plz|Code|Score|Since|Site|About|Mixed';
  const long = 'word '.repeat(40).trim();
  expect(
    suggest(
      header,
      `1200|10115|007|3.5|2024-02-29|www.example.com|${long}|1`,
      '-5|80331|008|4|2023-12-31|https://a.example|short|one',
    ),
  ).toEqual([
    'Budget: number',
    'Plz: text',
    'Code: text',
    'Score: number',
    'Since: date',
    'Site: url',
    'About: longText',
    'Mixed: text',
  ]);
  expect(suggest('Since|N', '2024-02-30|0123')).toEqual(['Since: text', 'N: text']);
});

test('labels are unique, short and never empty', () => {
  const label = 'x'.repeat(200);
  expect(suggest(`Tag|tag|Tag!|%|${label}|Last Name|Surname`, 'a|b|c|d|e|f|g')).toEqual([
    'Tag: text',
    'tag 2: text',
    'Tag! 3: text',
    'Column 4: text',
    `${'x'.repeat(80)}: text`,
    'lastName',
    'Surname: text',
  ]);
});

test('header words for phones rank by how personal the number is', () => {
  expect(['WhatsApp', 'Mobile', 'Phone', 'Work phone', 'Fax'].map(phoneRank)).toEqual([
    3, 2, 1, 0.5, 0,
  ]);
});
