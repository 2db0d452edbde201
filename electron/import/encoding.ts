/** Finds out how a file's text is encoded, and decodes it. */
import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { CsvFormat } from '../../shared/csv/mapping.ts';
import { notText } from './file-kind.ts';

export type Encoding = CsvFormat['encoding'];

/**
 * The encoding that the beginning of a file tells; undefined where it is UTF-8 or a code page,
 * which only the whole file can tell apart.
 * @throws ImportError `binary`
 */
export function encodingOfHead(head: Buffer): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head.includes(0) ? utf16WithoutMark(head) : undefined;
}

/** UTF-8 if all of the content is, else windows-1252, which anything can be. */
export async function encodingOfAll(chunks: AsyncIterable<Buffer>): Promise<Encoding> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const complete = completeLength(bytes);
    if (!isUtf8(bytes.subarray(0, complete))) return 'windows-1252';
    rest = Buffer.from(bytes.subarray(complete));
  }
  return rest.length === 0 ? 'utf-8' : 'windows-1252';
}

export interface Decoder {
  /** The text that is complete so far. */
  write(bytes: Buffer): string;
  end(): string;
}

/** Decodes a file's content part by part, without its byte order mark. */
export function decoder(encoding: Encoding): Decoder {
  const raw = rawDecoder(encoding);
  let isFirst = true;
  const withoutMark = (text: string): string => {
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  };
  return { write: (bytes) => withoutMark(raw.write(bytes)), end: () => withoutMark(raw.end()) };
}

function rawDecoder(encoding: Encoding): Decoder {
  if (encoding === 'windows-1252') return { write: decodeWindows1252, end: () => '' };
  if (encoding === 'utf-16be') return utf16beDecoder();
  if (encoding === 'utf-16le') return new StringDecoder('utf16le');
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  return { write: (bytes) => utf8.decode(bytes, { stream: true }), end: () => utf8.decode() };
}

/** By hand: not every Electron has ICU's converters. */
function utf16beDecoder(): Decoder {
  const utf16le = new StringDecoder('utf16le');
  let half: Buffer = Buffer.alloc(0);
  return {
    write: (bytes) => {
      const all = Buffer.concat([half, bytes]);
      const even = all.length - (all.length % 2);
      half = all.subarray(even);
      return utf16le.write(all.subarray(0, even).swap16());
    },
    end: () => utf16le.end(),
  };
}

/** 0x80 to 0x9f; the five that stand for nothing stay as they are. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decodeWindows1252(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return text.replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80));
}

/** Length without a character at the end of which bytes are missing. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** In UTF-16 nearly all zeros are the upper halves of ASCII characters, so on one side of each pair. */
function utf16WithoutMark(head: Buffer): Encoding {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) {
    if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const isOneSided = Math.min(even, odd) * 50 <= Math.max(even, odd);
  const isFrequent = Math.max(even, odd) * 40 >= head.length;
  if (!isOneSided || !isFrequent || !isReadable(decoder(encoding).write(head))) throw notText();
  return encoding;
}

function isReadable(text: string): boolean {
  const strange = text.match(/(?![\t\n\f\r])\p{Cc}|\p{Cs}|\p{Cn}|\ufffd/gu)?.length ?? 0;
  return strange * 100 <= text.length;
}
