// The tests of the project and how they ended, from vitest's report.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, runOrExit } from '../lib/run.mjs';
import { readJson, root, shown } from '../lib/workspace.mjs';

/**
 * @typedef {object} TestResult
 * @property {string} file - Relative to the workspace.
 * @property {string} name - The titles from the outermost `describe` to the test, joined by ' > '.
 * @property {boolean} passed - Whether it ran and passed.
 */

/**
 * Reads the report, and runs the tests first where there is none.
 *
 * @param {string | undefined} results - The report's path, where the tests ran already.
 * @returns {{ tests: TestResult[], broken: string[] }} The tests in the order of their files and names, and the files that did not run.
 */
export function readTests(results) {
  const report = results ?? join(root, 'node_modules/.cache/conformance-results.json');
  if (results === undefined || !existsSync(report)) {
    mkdirSync(dirname(report), { recursive: true });
    // Some tests start the commands as they are built.
    runOrExit('npm', ['run', '-s', 'build:js'], { cwd: root });
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    run(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile.json=${report}`], {
      cwd: root,
      timeoutMs: 900_000,
    });
  }
  const files = readJson(report).testResults;
  const broken = files.filter(
    ({ status, assertionResults }) => status !== 'passed' && assertionResults.length === 0,
  );
  const tests = files
    .flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ ancestorTitles, title, status }) => ({
        file: shown(name),
        name: [...ancestorTitles, title].join(' > '),
        passed: status === 'passed',
      })),
    )
    .sort((left, right) => compare(left.file, right.file) || compare(left.name, right.name));
  return { tests, broken: broken.map(({ name }) => shown(name)) };
}

/** Not by locale: the page has to come out the same everywhere. */
function compare(left, right) {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
