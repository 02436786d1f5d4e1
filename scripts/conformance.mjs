// Writes docs/conformance.md: what the RFCs require (docs/conformance.json), and the test that proves each row.
// use: node scripts/conformance.mjs [--check] [--results <file>]
//   --check    write nothing; fail where the page is out of date or a row claims more than the tests prove
//   --results  what `vitest run --reporter=json` wrote; without it the tests are run here
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeRow } from './conformance/judge.mjs';
import { renderPage } from './conformance/page.mjs';
import { readTests } from './conformance/tests.mjs';
import { readJson, root } from './lib/workspace.mjs';

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, results: { type: 'string' } },
});
const page = join(root, 'docs/conformance.md');
const { tests, broken } = readTests(values.results === undefined ? undefined : resolve(values.results));

const problems = broken.map((file) => `${file} did not run`);
const documents = readJson(join(root, 'docs/conformance.json')).documents.map((document) => ({
  ...document,
  sections: document.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => {
      const judged = judgeRow(row, tests);
      const place = `RFC ${document.rfc} section ${section.section} ${row.id}`;
      problems.push(...judged.problems.map((problem) => `${place}: ${problem}`));
      return { ...row, ...judged };
    }),
  })),
}));

const rendered = renderPage(documents);
if (!values.check) writeFileSync(page, rendered);
else if (!existsSync(page) || readFileSync(page, 'utf8') !== rendered) {
  problems.push('docs/conformance.md is out of date: run `npm run conformance` and commit it');
}
for (const problem of problems) console.error(problem);
console.log(`${tests.length} tests, ${problems.length} problems with the conformance page`);
process.exitCode = problems.length === 0 ? 0 : 1;
