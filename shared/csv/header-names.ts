/** What columns are called in the exports of other products, in many languages. */

/** What a header says that its column holds. */
export type Meaning = 'fullName' | 'firstName' | 'lastName' | 'country' | 'email' | 'longText';

/** A header that is longer is a text, of which the beginning will do. */
const LONGEST = 200;

/** Letters and digits in lower case without accents, with one space between words. */
export function plainHeader(header: string): string {
  return header
    .slice(0, LONGEST)
    .replace(/whats\s?app/gi, 'whatsapp')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/\((?:required|optional|mandatory|pflichtfeld|obligatorio|obligatoire)\)/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const NAMES: Record<Meaning, string> = {
  fullName: `name, full name, fullname, customer, customer name, customer full name, client,
    client name, contact, contact name, contact person, contact full name, lead, lead name, person,
    person name, display name, your name, buyer name, recipient name, billing name, shipping name,
    subscriber name, member name, student name, patient name, guest name, whatsapp name,
    nombre, nombre completo, nombre y apellido, nombre y apellidos, nombres y apellidos,
    apellidos y nombres, nombre del cliente, nombre cliente, cliente, contacto, nombre de contacto,
    nome, nome completo, nome do cliente, nome cliente, nome e cognome, cognome e nome, nominativo,
    contato, nome do contato, nom, nom complet, nom et prenom, nom prenom, prenom et nom,
    prenom nom, nom du client, nom client, nom du contact,
    vollstandiger name, vor und nachname, name vorname, vorname nachname, kunde, kundenname,
    ansprechpartner, kontakt, kontaktperson, kontaktname, interessent,
    naam, volledige naam, klant, klantnaam, contactpersoon, navn, fulde navn, fullt navn, namn,
    kund, kundnamn, nimi, koko nimi, asiakas, imie i nazwisko, nazwisko i imie, klient,
    jmeno a prijmeni, cele jmeno, zakaznik, nume, nume complet, nume si prenume, nev, teljes nev,
    ad soyad, adi soyadi, ad soyadi, isim, isim soyisim, musteri, musteri adi, ime i prezime,
    ονομα, ονοματεπωνυμο, имя, фио, ф и о, имя и фамилия, имя клиента, клиент, контакт,
    контактное лицо, імя, піб, імя та прізвище, клієнт,
    姓名, 名字, 名称, 客户, 客户姓名, 客户名称, 客户名, 联系人, 联系人姓名, 聯絡人, 客戶姓名,
    氏名, お名前, 名前, 顧客名, お客様名, 担当者名, 이름, 성명, 고객명, 고객이름,
    الاسم, اسم, اسم العميل, الاسم الكامل, الاسم بالكامل, العميل, نام, نام کامل, نام و نام خانوادگی,
    نام مشتری, نام, नाम, पूरा नाम, ग्राहक का नाम, nama, nama lengkap, nama pelanggan, nama customer,
    ho ten, ho va ten, ten khach hang, khach hang, ชื่อ, ชื่อ นามสกุล, ชื่อลูกค้า, שם, שם מלא, שם הלקוח`,
  firstName: `first name, firstname, first, fname, given name, givenname, forename, christian name,
    contact first name, lead first name, customer first name, billing first name,
    shipping first name, primer nombre, nombres, primeiro nome, prenom, vorname, rufname, voornaam,
    fornavn, fornamn, etunimi, imie, krestni jmeno, prenume, keresztnev, nama depan, 名, 이름 first,
    الاسم الاول, الاسم الأول, שם פרטי`,
  lastName: `last name, lastname, last, lname, surname, family name, familyname, second name,
    contact last name, lead last name, customer last name, billing last name, shipping last name,
    apellido, apellidos, primer apellido, sobrenome, apelido, ultimo nome, cognome, nom de famille,
    nachname, familienname, zuname, achternaam, etternavn, efternavn, efternamn, sukunimi, nazwisko,
    prijmeni, nume de familie, vezeteknev, soyad, soyadi, soyisim, prezime, επωνυμο, фамилия,
    прізвище, 姓, 성, اسم العائلة, اللقب, نام خانوادگی, שם משפחה, nama belakang`,
  country: `country, country name, country region, country or region, country code, home country,
    mailing country, billing country, shipping country, address country, country of residence,
    address 1 country, primary address country, pais, pays, land, paese, nazione, stato estero,
    kraj, zeme, tara, orszag, maa, ulke, drzava, χωρα, страна, країна, 国家, 国家地区, 國家, 国, 国名,
    국가, 나라, البلد, الدولة, دولة, کشور, देश, negara, quoc gia, ประเทศ, מדינה, ארץ`,
  email: `email, e mail, mail, email address, e mail address, email 1, email 1 value, mail address,
    primary email, work email, personal email, correo, correo electronico, email del cliente,
    endereco de email, e mail adresse, emailadresse, mailadresse, courriel, adresse e mail,
    adresse email, adresse mail, indirizzo email, posta elettronica, e mailadres, epost, e post,
    sahkoposti, adres e mail, adres email, e posta, eposta, почта, электронная почта, эл почта,
    邮箱, 电子邮件, 电子邮箱, 電子郵件, メール, メールアドレス, 이메일, البريد الالكتروني, البريد الإلكتروني,
    ایمیل, ईमेल, surel, อีเมล, דואל, אימייל`,
  longText: `note, notes, comment, comments, remark, remarks, description, message, details,
    memo, feedback, history, summary, notas, nota, comentario, comentarios, observacion,
    observaciones, observacao, observacoes, descripcion, descricao, mensaje, mensagem, remarque,
    remarques, commentaire, commentaires, notiz, notizen, bemerkung, bemerkungen, anmerkung,
    kommentar, kommentare, beschreibung, nachricht, osservazioni, commenti, descrizione, messaggio,
    opmerking, opmerkingen, notitie, notities, uwagi, opis, notatki, poznamka, aciklama, notlar,
    примечание, комментарий, описание, заметки, 备注, 说明, 備考, メモ, 메모, 비고, ملاحظات, یادداشت,
    टिप्पणी, catatan, keterangan, ghi chu`,
};

const meanings = new Map<string, Meaning>();
for (const [meaning, names] of Object.entries(NAMES) as [Meaning, string][]) {
  for (const name of names.split(',')) {
    const plain = plainHeader(name);
    if (!meanings.has(plain)) meanings.set(plain, meaning);
  }
}

/** Words that mean the whole name by themselves, and a part of it beside a column for the rest. */
const FIRST_BESIDE_LAST = new Set(
  [
    'nombre',
    'nome',
    'имя',
    'імя',
    'ad',
    'adi',
    'isim',
    'ime',
    'jmeno',
    'ονομα',
    'نام',
    '名字',
    'nama',
    'ten',
  ].map(plainHeader),
);
const LAST_BESIDE = new Map([
  ['nom', 'prenom'],
  ['name', 'vorname'],
  ['naam', 'voornaam'],
  ['navn', 'fornavn'],
  ['namn', 'fornamn'],
  ['nimi', 'etunimi'],
  ['nume', 'prenume'],
]);

/** What each of a file's headers means, undefined where it is not known. */
export function headerMeanings(headers: readonly string[]): (Meaning | undefined)[] {
  const plain = headers.map(plainHeader);
  const hasLast = plain.some((header) => meanings.get(header) === 'lastName');
  return plain.map((header) => {
    if (hasLast && FIRST_BESIDE_LAST.has(header)) return 'firstName';
    const first = LAST_BESIDE.get(header);
    if (first !== undefined && plain.includes(first)) return 'lastName';
    return meanings.get(header);
  });
}

/** How surely a header is that of a person's phone number; 0 if it is not. */
export function phoneRank(header: string): number {
  const plain = plainHeader(header);
  const tokens = plain.replace(/(\p{L})(\d)/gu, '$1 $2').split(' ');
  if (tokens.some((token) => NO_PHONE.has(token))) return 0;
  const rank = Math.max(
    ...tokens.map((token, i) => tokenRank(token, tokens[i - 1])),
    nativeRank(plain),
  );
  return rank > 0 && tokens.some((token) => SECONDARY.has(token)) ? rank - 0.5 : rank;
}

const WHATSAPP = wordSet('whatsapp whatsup wa');
const MOBILE =
  wordSet(`mobile mobil mobiel mobilephone mobiltelefon mobilnummer mobilenumber mobilnr
  mobiltlf mobitel movil telemovel handy handynummer handynr natel cell cellphone cellular celular
  cellulare portable smartphone gsm komorka komorkowy cep hp handphone nohp msisdn`);
const PHONE = wordSet(`phone phones phonenumber phoneno telephone tel telf telefon telefonnummer
  telefonnr tlf telefono telefone fone puhelin puhelinnumero telefoon telefoonnummer telefonszam
  telefonu telefonni rufnummer telepon telp notelp dienthoai sdt ph`);
/** A header with one of these is about a phone, but not a number; or it is about a machine's. */
const NO_PHONE = wordSet(`type typ tipo label verified valid validated validity country code codigo
  ext extn extension carrier provider operator opt optin optout consent status fax faxnummer telefax
  date time id name nom nombre nome email mail format prefix vorwahl area count calls duration last
  notes note model device brand os url link city make price owner source`);
const SECONDARY = wordSet(`work office business company firma home alt alternate alternative other
  secondary second landline festnetz fixed fixo fijo fixe privat private 2 3 4 5`);

/** Words of scripts that write no spaces, or that add endings. */
const NATIVE: [RegExp, number][] = [
  [
    /手机|手機|携帯|휴대|핸드폰|جوال|موبايل|موبایل|मोबाइल|мобильн|мобільн|сотов|κινητο|נייד|มือถือ|di dong/,
    2,
  ],
  [/电话|電話|전화|هاتف|تلفن|फोन|फ़ोन|телефон|τηλεφων|טלפון|เบอร์|โทรศัพท์|dien thoai/, 1],
];

function tokenRank(token: string, before: string | undefined): number {
  if (WHATSAPP.has(token)) return 3;
  if (MOBILE.has(token)) return 2;
  if (PHONE.has(token)) return 1;
  const isContactNumber = before === 'contact' && /^(?:no|number|num|nr)$/.test(token);
  return isContactNumber ? 1 : 0;
}

function nativeRank(plain: string): number {
  return NATIVE.find(([pattern]) => pattern.test(plain.normalize('NFKC')))?.[1] ?? 0;
}

/** Whether the column's values are names for something other than a person: orders, places. */
export function isIdentifier(header: string): boolean {
  return plainHeader(header)
    .split(' ')
    .some((token) => IDENTIFIER.has(token));
}

/** Whether numbers in this column are no quantities: no sums are made of them. */
export function isNumbering(header: string): boolean {
  const tokens = plainHeader(header).split(' ');
  return isIdentifier(header) || tokens.some((token) => NUMBERING.has(token));
}

const IDENTIFIER = wordSet(`id ids uid uuid guid zip zipcode postal postcode postleitzahl plz
  cep cap pin pincode sku ref reference order invoice account konto iban tax vat gst cpf cnpj rfc dni
  nif cif ssn passport serial ticket timestamp bestellung rechnung pedido factura commande facture`);
const NUMBERING = wordSet('no nr num nummer number numero numer code codigo cp year jahr');

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
