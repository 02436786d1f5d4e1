// Whether versions of Node and numbers of workers come to the same results, to the last bit:
//
//   npm run test:results [-- 20 22 24]
//
// Each version, taken from the npm package `node` (the one that runs this is taken as it is), simulates the same cells; the
// JSON has to be equal to the byte. Exit code 1 where it is not.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const simulator = join(root, 'packages/simulator/bin/rserpool-sim.js');
const own = process.versions.node.split('.')[0];
const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24'];
if (!versions.every((version) => /^\d+$/u.test(version))) {
  console.error(
    `the versions are '${versions.join(' ')}'; they have to be major versions of Node, such as 22`,
  );
  process.exit(2);
}

const cells = {
  'base, Least Used': ['--policy', 'LeastUsed'],
  'failures, Random': ['--policy', 'Random', '--mtbf', '5', '--max-bad-pe-reports', '1', '--clean', '0.5'],
  '2005, half of the time away': ['--model', '2005', '--availability', '0.5'],
  'production, failures': ['--model', 'rfc', '--policy', 'LeastUsed', '--mtbf', '5'],
  'exponential capacities, cookies': [
    '--capacity-distribution',
    'exponential',
    '--cookie',
    '1e5',
    '--mtbf',
    '2',
  ],
};

/** What a version of Node prints. */
function outputOf(version, args) {
  const [command, ...rest] =
    version === own
      ? [process.execPath, ...args]
      : ['npx', '--yes', `--package=node@${version}`, '--', 'node', ...args];
  const { status, stdout, stderr, error } = spawnSync(command, rest, { cwd: root, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`Node ${version} ended with ${status}: ${stderr}`);
  return stdout;
}

/** What a cell comes to with a version of Node and a number of workers. */
function resultOf(version, cell, workers) {
  return outputOf(version, [
    simulator,
    'cell',
    ...cell,
    '--seeds',
    '4',
    '--workers',
    String(workers),
    '--json',
  ]);
}

for (const version of versions) {
  const found = outputOf(version, ['-p', 'process.versions.node']).trim();
  if (found.split('.')[0] !== version) throw new Error(`Node ${version} is in truth Node ${found}`);
}

let different = 0;
for (const [name, cell] of Object.entries(cells)) {
  const expected = resultOf(own, cell, 1);
  if (!expected.includes('"handlingSpeed"')) throw new Error(`a cell gave no metrics: ${expected}`);
  for (const version of versions) {
    for (const workers of [1, 3]) {
      const isSame = resultOf(version, cell, workers) === expected;
      if (!isSame) different += 1;
      console.log(`${isSame ? 'same     ' : 'DIFFERENT'}  Node ${version}, --workers ${workers}: ${name}`);
    }
  }
}
console.log(JSON.stringify({ summary: { cells: Object.keys(cells).length, versions, different } }));
process.exitCode = different === 0 ? 0 : 1;
