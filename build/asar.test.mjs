// @ts-check
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createAsar } from './asar.mjs';

/** @typedef {{ size: number, offset: string, integrity: { hash: string, blocks: string[] } }} File */
/** @typedef {{ files: Record<string, File | Folder> }} Folder */

/**
 * Reads an archive as Electron does: sizes first, then the header, then places behind it.
 * @param {Buffer} archive
 */
function readAsar(archive) {
  assert.equal(archive.readUInt32LE(0), 4);
  const headerSize = archive.readUInt32LE(4);
  assert.equal(headerSize % 4, 0);
  assert.equal(archive.readUInt32LE(8), headerSize - 4);
  const textSize = archive.readUInt32LE(12);
  /** @type {Folder} */
  const header = JSON.parse(archive.toString('utf8', 16, 16 + textSize));
  return { header, contents: archive.subarray(8 + headerSize) };
}

/** @param {Folder} header @param {string} name @returns {File} */
function entryOf(header, name) {
  /** @type {Folder | File | undefined} */
  let entry = header;
  for (const part of name.split('/')) {
    assert.ok(entry && 'files' in entry);
    entry = entry.files[part];
  }
  assert.ok(entry && 'size' in entry);
  return entry;
}

/** @param {Buffer} archive @param {string} name */
function contentOf(archive, name) {
  const { header, contents } = readAsar(archive);
  const { offset, size } = entryOf(header, name);
  return contents.subarray(Number(offset), Number(offset) + size);
}

test('every file comes back, whatever its size and folder', () => {
  const big = Buffer.alloc(5 * 1024 * 1024, 'abc');
  const files = { 'package.json': '{}', 'lib/deep/é.js': 'ü', 'lib/empty': '', 'lib/big': big };
  const archive = createAsar(files);
  for (const [name, content] of Object.entries(files)) {
    assert.deepEqual(contentOf(archive, name), Buffer.from(content), name);
  }
});

test('the header is padded for every length of its text', () => {
  for (const name of ['a', 'ab', 'abc', 'abcd']) {
    assert.equal(contentOf(createAsar({ [name]: 'x' }), name).toString(), 'x');
  }
});

test('integrity is told for the file and for each block of 4 MB', () => {
  const big = Buffer.alloc(4 * 1024 * 1024 + 1, 7);
  const { header } = readAsar(createAsar({ big }));
  const sha256 = (/** @type {Buffer} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  const { hash, blocks } = entryOf(header, 'big').integrity;
  assert.equal(hash, sha256(big));
  assert.deepEqual(blocks, [sha256(big.subarray(0, -1)), sha256(big.subarray(-1))]);
});

test('a name cannot be a file and a folder', () => {
  assert.throws(() => createAsar({ a: '', 'a/b': '' }), /a file and a folder/);
});
