import { describe, expect, test } from 'vitest';
import { mayOpenOutside } from './external-links.ts';
import { isAllowed, mayNavigate } from './guards.ts';

describe('links that leave the app', () => {
  test.each([
    'https://example.com/a?b=c#d',
    'https://wa.me/5215512345678',
    'tel:+52 55 1234 5678',
    'tel:+52%2055%201234%205678',
    'tel:5512345678;ext=12',
    'mailto:ana@example.com',
    'mailto:ana@example.com?subject=Hello%20there',
  ])('%s may be opened', (url) => {
    expect(mayOpenOutside(url)).toBe(true);
  });

  test.each([
    'http://example.com/',
    'https://user:secret@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hello',
    'smb://server/share',
    'vscode://file/etc/passwd',
    'ms-msdt:/id',
    'app://satchel/',
    'tel:',
    'tel:+52"&calc',
    'mailto:',
    'mailto:ana@example.com ?attach=/etc/passwd',
    `https://example.com/${'a'.repeat(4000)}`,
    'nonsense',
    '',
  ])('%s may not', (url) => {
    expect(mayOpenOutside(url)).toBe(false);
  });
});

describe('navigation', () => {
  test.each(['app://satchel/', 'app://satchel/index.html', 'app://satchel/#leads'])(
    '%s is the window’s page',
    (url) => expect(mayNavigate(url)).toBe(true),
  );

  test.each([
    'app://satchel/assets/a.js',
    'app://other/',
    'https://example.com/',
    'file:///etc/passwd',
    'about:blank',
  ])('%s is not', (url) => expect(mayNavigate(url)).toBe(false));
});

test('keeping the data is the only permission, and only for the app', () => {
  expect(isAllowed('persistent-storage', 'app://satchel/')).toBe(true);
  expect(isAllowed('persistent-storage', 'https://example.com/')).toBe(false);
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid']) {
    expect(isAllowed(permission, 'app://satchel/')).toBe(false);
  }
});
