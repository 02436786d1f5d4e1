// Packs every package as it would be published and checks what users get: the contents, the types, that all
// of them install and load together, that the examples of the READMEs run, and what they weigh in a bundle.
// use: node scripts/check-packages.mjs
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrExit } from './lib/run.mjs';
import { readPublishedPackages, root } from './lib/workspace.mjs';
import { checkLoading, checkTypes, install, runExamples } from './packages/consumer.mjs';
import { checkContents } from './packages/contents.mjs';
import { measure } from './packages/sizes.mjs';
import { judgeByAttw, judgeByPublint, pack } from './packages/tarball.mjs';

const problems = [];

function report(subject, found) {
  problems.push(...found.map((text) => `${subject}: ${text}`));
}

async function checkAll(workplace) {
  const tarballs = readPublishedPackages().map((pkg) => pack(pkg, workplace));
  for (const tarball of tarballs) {
    report(tarball.name, checkContents(tarball));
    report(tarball.name, await judgeByPublint(tarball));
    report(tarball.name, judgeByAttw(tarball));
  }
  const consumer = join(workplace, 'consumer');
  const notInstalled = install(tarballs, consumer);
  report('all together', notInstalled);
  if (notInstalled.length > 0) return;
  report('all together', checkLoading(tarballs, consumer));
  report('all together', checkTypes(tarballs, consumer));
  report('workspace', runExamples('workspace', join(root, 'README.md'), consumer).problems);
  const rows = tarballs.map((tarball) => {
    const examples = runExamples(tarball.name, join(tarball.directory, 'README.md'), consumer);
    const size = measure(tarball, consumer);
    report(tarball.name, examples.problems);
    report(tarball.name, size.problems);
    return {
      package: tarball.name,
      files: tarball.paths.length,
      'tarball (kB)': Math.ceil(tarball.size / 1000),
      'minified (B)': size.minified,
      'gzipped (B)': size.compressed,
      'ceiling (B)': size.ceiling ?? '',
      'examples run': examples.count,
    };
  });
  console.table(rows);
}

runOrExit('npm', ['run', '-s', 'build'], { cwd: root, timeoutMs: 600_000 });
const workplace = realpathSync(mkdtempSync(join(tmpdir(), 'rserpool-packages-')));
try {
  await checkAll(workplace);
} finally {
  rmSync(workplace, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`${problems.length} problems with the packages`);
process.exitCode = problems.length === 0 ? 0 : 1;
