import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decoder, type Encoding, encodingOfAll, encodingOfHead } from './encoding.ts';

const TEXT = 'Name;Téléphone\r\nZoë „Müller“;+49 151 23456789\r\n山田;٠٥٠\r\n🙂;1\r\n';
/** What windows-1252 can write. */
const WESTERN = 'Name;Téléphone\r\nZoë „Müller“ – 5 €;Žižek\r\n';

const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const windows1252 = (text: string) =>
  Buffer.from(
    text.replace(/[„“–€Žž]/g, (c) =>
      String.fromCharCode({ '„': 0x84, '“': 0x93, '–': 0x96, '€': 0x80, Ž: 0x8e, ž: 0x9e }[c] ?? 0),
    ),
    'latin1',
  );

async function* chunksOf(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const encodingOf = async (bytes: Buffer, size = 64 * 1024) =>
  encodingOfHead(bytes) ?? (await encodingOfAll(chunksOf(bytes, size)));

describe('encoding', () => {
  test.each<[string, Encoding, Buffer, string]>([
    ['UTF-8', 'utf-8', Buffer.from(TEXT), TEXT],
    ['UTF-8 with a mark', 'utf-8', Buffer.from(`\ufeff${TEXT}`), TEXT],
    ['ASCII', 'utf-8', Buffer.from('a,b\n1,2\n'), 'a,b\n1,2\n'],
    ['UTF-16LE with a mark', 'utf-16le', utf16le(`\ufeff${TEXT}`), TEXT],
    ['UTF-16BE with a mark', 'utf-16be', utf16be(`\ufeff${TEXT}`), TEXT],
    ['UTF-16LE without', 'utf-16le', utf16le(TEXT), TEXT],
    ['UTF-16BE without', 'utf-16be', utf16be(TEXT), TEXT],
    ['windows-1252', 'windows-1252', windows1252(WESTERN), WESTERN],
  ])('%s is recognised and decoded', async (_, encoding, bytes, text) => {
    expect(await encodingOf(bytes)).toBe(encoding);
    for (const size of [1, 2, 3, 7, 1000]) {
      const decode = decoder(encoding);
      let decoded = '';
      for await (const chunk of chunksOf(bytes, size)) decoded += decode.write(Buffer.from(chunk));
      expect(decoded + decode.end()).toBe(text);
    }
  });

  test('is UTF-8 only if all of the file is', async () => {
    const late = Buffer.concat([Buffer.from('é,ü\n'.repeat(50_000)), windows1252('Müller')]);
    expect(await encodingOf(late)).toBe('windows-1252');
    expect(await encodingOf(Buffer.from('Müll').subarray(0, 2))).toBe('windows-1252');
  });

  test('does not depend on where the parts of a file end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text.replaceAll('\0', ''))),
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        fc.integer({ min: 1, max: 5 }),
        async (bytes, size) => {
          expect(await encodingOfAll(chunksOf(bytes, size))).toBe(
            await encodingOfAll(chunksOf(bytes, 1000)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('zeros all over are no text', () => {
    const words = Buffer.from(Uint32Array.from({ length: 100 }, (_, i) => i * 7).buffer);
    expect(() => encodingOfHead(words)).toThrow('This is not a text file');
    expect(() => encodingOfHead(Buffer.from('a,b\0c'.repeat(10)))).toThrow('not a text file');
  });
});
