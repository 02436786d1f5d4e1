// RSerPool beside the reference implementation in C, in one run: TypeScript and C in turn, several rounds.
// use: npm run bench:peers -- [--quick] [--suite NAME] [--n N] [--policy NAME] [--rounds N] [--ms N] [--out FILE] [--plot FILE.svg]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { codecSuite } from './codec-suite.mjs';
import { handlespaceSuite } from './handlespace-suite.mjs';
import { growthLines, plot } from './plot.mjs';
import { cellName, ratios } from './ratios.mjs';
import { requestSuite } from './request-suite.mjs';
import { compile, havePackages } from './toolchain.mjs';

/** A suite says what to run on both sides, and what its ratios add up to. */
const suites = [codecSuite, handlespaceSuite, requestSuite];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    suite: { type: 'string' },
    n: { type: 'string' },
    policy: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    ms: { type: 'string' },
    out: { type: 'string' },
    plot: { type: 'string' },
  },
});
const milliseconds = Number(values.ms ?? (values.quick ? 40 : 150));
const rounds = Number(values.rounds);

function rowsOf(command, args) {
  const output = execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function short(value) {
  return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

function table(cells) {
  return cells.map((cell) => ({
    cell: cellName(cell),
    'c/s': Math.round(cell.c),
    'ts/s': Math.round(cell.ts),
    'ts / c': `${short(cell.ratio)} (${short(cell.least)} to ${short(cell.most)})`,
  }));
}

const hasReference = havePackages();
if (!hasReference)
  console.log('The Debian packages librsplib3, librsplib-dev and gcc cannot be had here: TypeScript alone.');
const summary = {};
const lines = [];
for (const suite of suites) {
  if (values.suite !== undefined && values.suite !== suite.name) continue;
  const program = hasReference ? compile(suite.program, suite.libraries) : undefined;
  const rows = [];
  for (const run of suite.runs({ isQuick: values.quick, only: values })) {
    const args = suite.args(run, milliseconds);
    for (let round = 0; round < rounds; round++) {
      if (program !== undefined) rows.push(...rowsOf(program, args));
      rows.push(...rowsOf(process.execPath, [...suite.nodeFlags, suite.script, ...args]));
    }
    console.error(`${suite.name}: ${args.join(' ')}`);
  }
  for (const row of rows) {
    const line = JSON.stringify(row);
    lines.push(line);
    console.log(line);
  }
  const cells = ratios(suite.paired?.(rows) ?? rows);
  if (cells.length === 0) continue;
  console.table(table(cells));
  summary[suite.name] = suite.summary(cells);
}
if (values.out !== undefined) writeFileSync(values.out, `${lines.join('\n')}\n`);
if (values.plot !== undefined) {
  const operations = [{ op: 'resolve', h: 4 }, { op: 'find' }, { op: 'reregister' }, { op: 'deregister' }];
  const policy = values.policy ?? 'LeastUsed';
  const grown = growthLines(
    lines.map((line) => JSON.parse(line)),
    policy,
    operations,
  );
  if (grown.length > 0) writeFileSync(values.plot, plot(`One pool, ${policy}: time of an operation`, grown));
}
console.log(JSON.stringify({ summary }));
