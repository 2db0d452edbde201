/** Recognises files that are no table in plain text, by how they begin. */
import { extname } from 'node:path';
import { ImportError } from './import-error.ts';

/** @throws ImportError `spreadsheet` or `binary` where `head`, the file's beginning, is neither CSV */
export function assertTextTable(head: Buffer, fileName: string): void {
  if (begins(head, ZIP)) throw zipError(head);
  if (begins(head, OLE)) throw oleError(fileName);
  if (BINARY.some((signature) => begins(head, signature))) throw notText();
  const text = head
    .toString('latin1', 0, 1000)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (/^<(?:!doctype|html|\?xml|table|meta|head|style|body|div|!--)/i.test(text))
    throw markupError(head, fileName);
  if (/^BEGIN:VCARD/i.test(text)) {
    throw new ImportError(
      'binary',
      'This is a file of contact cards (vCard). Export the contacts as CSV instead.',
    );
  }
}

/** The error for content that is no text at all. */
export function notText(): ImportError {
  return new ImportError(
    'binary',
    'This is not a text file, so there are no rows in it. Choose a CSV file.',
  );
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Office files until 2003, and encrypted ones. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const BINARY: number[][] = [
  [...Buffer.from('PK\x05\x06')], // empty zip
  [0x1f, 0x8b], // gzip
  [...Buffer.from('BZh')],
  [0xfd, ...Buffer.from('7zXZ')],
  [...Buffer.from('7z'), 0xbc, 0xaf, 0x27, 0x1c],
  [...Buffer.from('Rar!'), 0x1a],
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [...Buffer.from('%PDF-')],
  [...Buffer.from('{\\rtf')],
  [0x89, ...Buffer.from('PNG')],
  [0xff, 0xd8, 0xff], // jpeg
  [...Buffer.from('GIF8')],
  [...Buffer.from('RIFF')], // webp, wav, avi
  [0x49, 0x49, 0x2a, 0x00], // tiff
  [0x4d, 0x4d, 0x00, 0x2a],
  [0x7f, ...Buffer.from('ELF')],
  [...Buffer.from('SQLite format 3')],
  [...Buffer.from('ID3')], // mp3
];

function begins(head: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, i) => head[i] === byte);
}

/** A zip names its first entries in plain sight. */
function zipError(head: Buffer): ImportError {
  const names = head.toString('latin1');
  if (names.includes('opendocument.spreadsheet')) return spreadsheet('This is a spreadsheet.');
  if (/Index\/[\w-]*\.iwa|Index\.zip/.test(names))
    return spreadsheet('This is a Numbers spreadsheet.');
  const isOther = /(?:word|ppt)\/|opendocument|META-INF\/|AndroidManifest/.test(names);
  const isWorkbook = /xl\/|\[Content_Types\]\.xml|_rels\/\.rels|docProps\//.test(names);
  return isWorkbook && !isOther ? spreadsheet('This is an Excel workbook.') : notText();
}

function oleError(fileName: string): ImportError {
  const isOther = /^\.(?:doc|dot|ppt|pps|msg|msi)$/i.test(extname(fileName));
  return isOther ? notText() : spreadsheet('This is an Excel workbook.');
}

/** Many programs export a web page or XML under the name of a workbook. */
function markupError(head: Buffer, fileName: string): ImportError {
  const isWorkbook =
    /^\.xl/i.test(extname(fileName)) ||
    /office:(?:excel|spreadsheet)|<table/i.test(head.toString('latin1'));
  if (isWorkbook) return spreadsheet('This is a table as a web page, not as CSV.');
  return new ImportError('binary', 'This is a web page or XML, not a CSV file.');
}

function spreadsheet(what: string): ImportError {
  return new ImportError('spreadsheet', `${what} Open it and save it as CSV, then drop that file.`);
}
