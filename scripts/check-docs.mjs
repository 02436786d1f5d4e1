// Checks the documentation: every example compiles, every export is documented and every link leads somewhere.
// use: node scripts/check-docs.mjs
import { join } from 'node:path';
import { checkExamples, documents } from './docs/examples.mjs';
import { checkLinks } from './docs/links.mjs';
import { run, runOrExit } from './lib/run.mjs';
import { root } from './lib/workspace.mjs';

function checkReference() {
  const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
  const { status, stdout, stderr } = run(
    process.execPath,
    [typedoc, '--emit', 'none', '--logLevel', 'Warn'],
    {
      cwd: root,
      env: { NO_COLOR: '1' },
    },
  );
  return status === 0 ? [] : [`typedoc:\n${stdout}${stderr}`];
}

// typedoc follows the project references, which lead to the declarations that were built.
runOrExit('npm', ['run', '-s', 'types'], { cwd: root, timeoutMs: 600_000 });
const examples = checkExamples();
const problems = [...examples.problems, ...documents().flatMap(checkLinks), ...checkReference()];
for (const problem of problems) console.error(problem);
console.log(`${examples.count} examples, ${problems.length} problems with the documentation`);
process.exitCode = problems.length === 0 ? 0 : 1;
