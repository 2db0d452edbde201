// @ts-check
// Lists the rules of docs/sync-spec.md that no test names in its title, as in `(M2)`.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SPEC = 'docs/sync-spec.md';
const FOLDERS = ['electron', 'renderer', 'server', 'shared', 'tests'];
/** Tests, and the files whose tests others run. */
const TESTS = /\.test\.tsx?$|^(?:server\/contract|tests)\/.*\.tsx?$/;
const CALL =
  /\b(?:it|test|describe)(?:\.(?:only|concurrent|sequential|for|skipIf|runIf|each)\b(?:\([^()]*\))?)*\s*\(/g;

/** @param {string} spec @returns {string[]} the ids of its rules, in their order */
export function rulesOf(spec) {
  return [...spec.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id = '']) => id);
}

/**
 * The titles of the tests in a source text.
 * @param {string} source
 * @returns {string[]}
 */
export function titlesOf(source) {
  return [...source.matchAll(CALL)].flatMap(({ 0: call, index }) => {
    const begin = index + call.length;
    const title = literalAt(source, begin);
    // test.each([…])('title'): the title follows the table.
    if (title !== undefined || !/\.(?:each|for)/.test(call)) return title ?? [];
    return literalAt(source, afterParentheses(source, begin)) ?? [];
  });
}

/**
 * The rules that no title names.
 * @param {readonly string[]} rules
 * @param {readonly string[]} titles
 */
export function untested(rules, titles) {
  const named = new Set(
    titles.flatMap((title) =>
      [...title.matchAll(/\(([A-Z]\d+(?:, [A-Z]\d+)*)\)/g)].flatMap(([, ids = '']) =>
        ids.split(', '),
      ),
    ),
  );
  return {
    missing: rules.filter((rule) => !named.has(rule)),
    unknown: [...named].filter((id) => !rules.includes(id)).sort(),
  };
}

/** @param {string} root of the project */
export function checkSpec(root) {
  const rules = rulesOf(readFileSync(path.join(root, SPEC), 'utf8'));
  const titles = FOLDERS.flatMap((folder) => testFilesIn(root, folder)).flatMap((file) =>
    titlesOf(readFileSync(path.join(root, file), 'utf8')),
  );
  return { rules, ...untested(rules, titles) };
}

/** Says what is missing. @param {string} root @returns {boolean} whether nothing is */
export function reportSpec(root) {
  const { rules, missing, unknown } = checkSpec(root);
  const problems = [
    ...(rules.length === 0 ? [`${SPEC} holds no rules`] : []),
    ...(missing.length > 0 ? [`without a test that names them: ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`named by tests, but no rules: ${unknown.join(', ')}`] : []),
  ];
  for (const problem of problems) process.stdout.write(`${SPEC}: ${problem}\n`);
  return problems.length === 0;
}

/** @param {string} root @param {string} folder @returns {string[]} paths from the root, with / */
function testFilesIn(root, folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => TESTS.test(file));
}

/** The text literal that stands at a place of a source. @param {string} source @param {number} at */
function literalAt(source, at) {
  const literal = /^\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/s.exec(source.slice(at, at + 1000));
  return literal?.[2];
}

/**
 * Where the arguments of the call after these parentheses begin.
 * @param {string} source
 * @param {number} at just behind the opening parenthesis
 */
function afterParentheses(source, at) {
  let depth = 1;
  const tokens = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|[()]/g;
  tokens.lastIndex = at;
  for (let token = tokens.exec(source); token; token = tokens.exec(source)) {
    if (token[0] === '(') depth++;
    else if (token[0] === ')') depth--;
    if (depth === 0) return tokens.lastIndex + 1;
  }
  return source.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = reportSpec(process.cwd()) ? 0 : 1;
}
