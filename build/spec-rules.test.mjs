// @ts-check
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { checkSpec, rulesOf, titlesOf, untested } from './spec-rules.mjs';

test('rules are the items of the specification that begin with an id', () => {
  assert.deepEqual(
    rulesOf('## Merge\n\n- **M1** Records, see **M2**,\n  merge.\n- **M12** More\n- **Note** x\n'),
    ['M1', 'M12'],
  );
});

test('titles are found in every form in which tests are written', () => {
  const source = `
    it('plain (A1)', () => {});
    test("double (A2)", () => {});
    describe(\`back (A3)\`, () => {});
    test.each([
      ['a', f(1), ') (X1)'], // not ) here
    ])('each %s (A4)', () => {});
    it.each(TABLE)(
      'wrapped (A5)',
      () => {},
    );
    it(
      \`long \${seed} (A6)\`,
      () => {},
    );
    it.skipIf(slow)('skipped (A7)', () => {});
    // it is (X2)
    edit('no test (X3)');
    expect(title).toBe('(X4)');
    submit('x', '(X5)');
    it('an apostrophe\\'s (A8)', () => {});
  `;
  const { missing, unknown } = untested(
    ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9'],
    titlesOf(source),
  );
  assert.deepEqual({ missing, unknown }, { missing: ['A9'], unknown: [] });
});

test('one title may name several rules, and one that is none is told', () => {
  assert.deepEqual(untested(['M1', 'M2', 'M3'], ['x (M1) (M3, M1)', 'y (Z9)', 'z M2']), {
    missing: ['M2'],
    unknown: ['Z9'],
  });
});

test('the project’s own specification and tests are found', () => {
  const { rules, missing } = checkSpec(path.resolve(import.meta.dirname, '..'));
  assert.ok(rules.length > 40);
  assert.ok(missing.length < rules.length);
  assert.ok(!missing.includes('M1'));
});
