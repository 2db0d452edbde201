// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRenamedRelease, parseMissing, withNewNames } from './system-libraries.mjs';

test('missing libraries are read from what ldd prints', () => {
  const output = [
    '\tlinux-vdso.so.1 (0x00007ffc)',
    '\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f)',
    '\tlibgtk-3.so.0 => not found',
    '\tlibasound.so.2 => not found',
  ].join('\n');
  assert.deepEqual(parseMissing(output), ['libgtk-3.so.0', 'libasound.so.2']);
  assert.deepEqual(parseMissing('\tstatically linked'), []);
});

test('newer releases have new names for two packages', () => {
  assert.deepEqual(withNewNames(['libgtk-3-0', 'libnss3', 'libasound2', 'xvfb']), [
    'libgtk-3-0t64',
    'libnss3',
    'libasound2t64',
    'xvfb',
  ]);
});

test('which releases are the newer ones', () => {
  assert.ok(!isRenamedRelease('ID=debian\nVERSION_ID="12"\n'));
  assert.ok(isRenamedRelease('PRETTY_NAME="Debian"\nVERSION_ID="13"\nID=debian\n'));
  assert.ok(!isRenamedRelease('ID=ubuntu\nVERSION_ID="22.04"\n'));
  assert.ok(isRenamedRelease('ID=ubuntu\nVERSION_ID="24.04"\n'));
  assert.ok(!isRenamedRelease('ID=fedora\nVERSION_ID=42\n'));
  assert.ok(!isRenamedRelease(''));
});
