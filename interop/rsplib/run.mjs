// The matrix with the reference implementation (rsplib): its programs and ours in one scope, cell by cell.
// use: npm run test:interop -- [--json] [--only EXPRESSION] [--keep DIRECTORY] [--lanes NUMBER] [--document]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { havePackages } from 'rserpool-benchmarks/toolchain';
import { whyNoNamespaces } from '../sctp/hosts/networks.mjs';
import { cells } from './cells/index.mjs';
import { writeMatrix } from './document.mjs';
import { Lab } from './lab.mjs';
import { messageTypes, runCell } from './run-cell.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    keep: { type: 'string' },
    lanes: { type: 'string', default: '6' },
    document: { type: 'boolean' },
  },
});
const say = (line) => (values.json ? console.error(line) : console.log(line));
const directory = values.keep ?? mkdtempSync(join(tmpdir(), 'rserpool-interop-'));
mkdirSync(directory, { recursive: true });
const lanes = Array.from({ length: Number(values.lanes) }, (_, index) => `l${index}`);
const only = values.only === undefined ? undefined : new RegExp(values.only);
const chosen = cells.filter(({ name, part }) => only === undefined || only.test(name) || only.test(part));
const outcomes = { passed: 0, failed: 0, skipped: 0, documented: 0 };
const results = [];
let isInterrupted = false;

function tell({ name }, outcome, details) {
  outcomes[outcome] += 1;
  const words = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip', documented: 'doc ' };
  say(`${words[outcome]}  ${name}${details === '' ? '' : ` (${details})`}`);
}

async function work(lab, lane, queue) {
  for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
    const result = await runCell(lab, lane, cell, directory);
    if (isInterrupted) return;
    results.push({ ...cell, ...result });
    const told = Object.entries(result.told).map(([key, value]) => `${key} ${value}`);
    const passed = result.tries > 1 ? [`try ${result.tries}`] : [];
    tell(cell, result.outcome, [...passed, `${result.seconds.toFixed(1)} s`, ...told].join(', '));
    if (result.failure !== undefined) say(`      ${result.failure}`);
  }
}

/** Why there is no lab, or the lab. */
async function open() {
  if (!havePackages(['tshark', 'iproute2'])) return 'the Debian packages tshark and iproute2 cannot be had';
  const reason = whyNoNamespaces();
  if (reason !== undefined) return reason;
  try {
    return await Lab.start(lanes);
  } catch (error) {
    return `the lab cannot be started: ${String(error.message).split('\n')[0]}`;
  }
}

/** Each type of message that we have sent, as tshark has decoded it. */
function tellTypes() {
  const seen = new Set(results.flatMap(({ types }) => [...types]));
  const { missing, list } = messageTypes(seen);
  const cell = { name: 'tshark decodes every type of message that we send' };
  tell(cell, missing.length === 0 ? 'passed' : 'failed', list.join(', '));
  if (missing.length > 0) say(`      not seen: ${missing.join(', ')}`);
}

const started = performance.now();
const lab = chosen.length === 0 ? undefined : await open();
if (typeof lab === 'string') {
  say(`skip  everything: ${lab}`);
  outcomes.skipped += chosen.length;
} else if (lab !== undefined) {
  const end = () => {
    isInterrupted = true;
    // What the cells still do fails from now on.
    process.on('unhandledRejection', () => undefined);
    void lab.remove().finally(() => process.exit(130));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    const queue = [...chosen];
    await Promise.all(lanes.map((lane) => work(lab, lane, queue)));
  } finally {
    await lab.remove();
  }
  if (only === undefined) tellTypes();
  if (values.document) writeMatrix(results);
}
const kept = results.map(({ name, outcome, seconds, failure, types }) => ({
  name,
  outcome,
  seconds,
  failure,
  types: [...types],
}));
writeFileSync(join(directory, 'results.json'), `${JSON.stringify(kept, undefined, 1)}\n`);
if (values.keep === undefined && outcomes.failed === 0) rmSync(directory, { recursive: true });
else say(`captures and logs: ${directory}`);
say(`${((performance.now() - started) / 1000).toFixed(0)} s`);
const count = Object.values(outcomes).reduce((sum, each) => sum + each, 0);
console.log(JSON.stringify({ cells: count, ...outcomes }));
process.exitCode = outcomes.failed > 0 ? 1 : 0;
