// @ts-check
// Counts what ran, from what the test runners write.

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Count
 *
 * @typedef {{ status: string, fullName: string }} VitestTest
 * @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 */

/** @param {string} name @param {boolean} isPassed @returns {Count} */
export function countCheck(name, isPassed) {
  return {
    passed: isPassed ? 1 : 0,
    failed: isPassed ? 0 : 1,
    skipped: 0,
    failures: isPassed ? [] : [name],
  };
}

/**
 * @param {string} suite
 * @param {VitestReport | null} report null when vitest wrote none
 * @param {number} exitCode vitest's own
 * @returns {Count}
 */
export function countVitest(suite, report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const failures = [
    ...tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ...files.filter(isUnloadable).map(({ name }) => `${name} could not be loaded`),
  ];
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.length - passed - tests.filter(({ status }) => status === 'failed').length;
  return complete(suite, { passed, failed: failures.length, skipped, failures }, exitCode);
}

/** @param {VitestFile} file */
function isUnloadable({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

/**
 * @param {string} suite
 * @param {string} tap what node --test wrote
 * @param {number} exitCode
 * @returns {Count}
 */
export function countTap(suite, tap, exitCode) {
  const total = (/** @type {string} */ word) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failures = [...tap.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map(([, name = '']) => name);
  const skipped = total('skipped') + total('todo');
  const failed = total('fail') + total('cancelled');
  return complete(suite, { passed: total('pass'), failed, skipped, failures }, exitCode);
}

/**
 * A suite that ran nothing has proven nothing, and one whose runner failed has failed, whatever its
 * tests say (an unhandled rejection, a crash).
 * @param {string} suite
 * @param {Count} count
 * @param {number} exitCode
 * @returns {Count}
 */
function complete(suite, count, exitCode) {
  if (count.failed > 0) return withSuite(suite, count);
  if (count.passed === 0) return withSuite(suite, addFailure(count, 'no test ran'));
  if (exitCode !== 0)
    return withSuite(suite, addFailure(count, `its runner ended with code ${exitCode}`));
  return count;
}

/** @param {Count} count @param {string} failure @returns {Count} */
function addFailure(count, failure) {
  return { ...count, failed: count.failed + 1, failures: [...count.failures, failure] };
}

/** @param {string} suite @param {Count} count @returns {Count} */
function withSuite(suite, count) {
  return { ...count, failures: count.failures.map((failure) => `${suite}: ${failure}`) };
}

/** @param {Count[]} counts @returns {Count} */
export function sum(counts) {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
    failures: counts.flatMap(({ failures }) => failures),
  };
}
