// @ts-check
// Writes an asar archive: a pickled JSON header that tells each file's place, then the contents.

import { createHash } from 'node:crypto';

const UINT32 = 4;
const BLOCK_SIZE = 4 * 1024 * 1024;

/**
 * @typedef {{ algorithm: 'SHA256', hash: string, blockSize: number, blocks: string[] }} Integrity
 * @typedef {{ size: number, offset: string, integrity: Integrity }} FileEntry
 * @typedef {{ files: Record<string, FileEntry | FolderEntry> }} FolderEntry
 */

/**
 * @param {Record<string, string | Uint8Array>} files contents by path, with forward slashes
 * @returns {Buffer}
 */
export function createAsar(files) {
  /** @type {FolderEntry} */
  const top = { files: {} };
  /** @type {Buffer[]} */
  const contents = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    place(top, name.split('/'), fileEntry(bytes, offset));
    contents.push(bytes);
    offset += bytes.length;
  }
  return Buffer.concat([pickledHeader(JSON.stringify(top)), ...contents]);
}

/** @param {Buffer} bytes @param {number} offset @returns {FileEntry} */
function fileEntry(bytes, offset) {
  return { size: bytes.length, offset: String(offset), integrity: integrity(bytes) };
}

/** @param {Buffer} bytes @returns {Integrity} */
function integrity(bytes) {
  /** @type {string[]} */
  const blocks = [];
  for (let start = 0; start === 0 || start < bytes.length; start += BLOCK_SIZE) {
    blocks.push(sha256(bytes.subarray(start, start + BLOCK_SIZE)));
  }
  return { algorithm: 'SHA256', hash: sha256(bytes), blockSize: BLOCK_SIZE, blocks };
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param {FolderEntry} folder @param {string[]} names @param {FileEntry} entry */
function place(folder, names, entry) {
  const [name = '', ...rest] = names;
  if (rest.length === 0) {
    folder.files[name] = entry;
    return;
  }
  const inner = folder.files[name] ?? { files: {} };
  if (!('files' in inner)) throw new Error(`${name} is a file and a folder`);
  folder.files[name] = inner;
  place(inner, rest, entry);
}

/**
 * Two Chromium pickles: one holds the size of the other, which holds the header's text.
 * @param {string} header
 */
function pickledHeader(header) {
  const text = Buffer.from(header);
  const padding = Buffer.alloc((UINT32 - (text.length % UINT32)) % UINT32);
  const payload = Buffer.concat([uint32(text.length), text, padding]);
  const pickle = Buffer.concat([uint32(payload.length), payload]);
  return Buffer.concat([uint32(UINT32), uint32(pickle.length), pickle]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(UINT32);
  bytes.writeUInt32LE(value);
  return bytes;
}
