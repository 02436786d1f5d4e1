// Our registrar and rspregistrar under the same load, in turn, in one guest with the kernel's SCTP.
// use: npm run bench:interop -- [--quick] [--json] [--rounds N] [--ms MILLISECONDS]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { compileProgram, havePackages } from 'rserpool-benchmarks/toolchain';
import { Guest } from '../lab/guest.mjs';
import { ip, whyNoNamespaces } from '../sctp/hosts/networks.mjs';
import { cellsOf, summaryOf } from './cells.mjs';
import { processorSeconds } from './processor-time.mjs';
import { registrars } from './registrars.mjs';
import { address, handlespace, windows } from './settings.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    rounds: { type: 'string' },
    ms: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const ms = Number(values.ms ?? (values.quick ? 100 : 300));
if (!(Number.isInteger(rounds) && rounds > 0 && ms > 0)) {
  console.error('--rounds takes a positive integer, --ms a positive number of milliseconds');
  process.exit(2);
}
/** How long each operation runs before it is measured; too short to compare, where it is only to be seen that all runs. */
const warmUpMs = values.quick ? 200 : 1500;
const say = (line) => console.error(line);

const reason = whyNoNamespaces() ?? (havePackages([]) ? undefined : 'there is no C compiler');
if (reason !== undefined) {
  console.log(`skipped: ${reason}`);
  process.exit(0);
}
const program = compileProgram(join(import.meta.dirname, 'registrar-load.c'), []);
const namespace = `rsp-${process.pid}-load`;

/**
 * One registrar under the whole load: the rows that the client prints, with what each has cost. Nobody else does anything
 * in the guest, whose one processor is busy all the time; so what counts is the processor time of the guest, which does
 * not depend on what else the host does meanwhile.
 */
async function measure(guest, registrar) {
  const settings = [handlespace.pools, handlespace.members, ms, warmUpMs, ...windows];
  const load = [program, address, 3863, ...settings].join(' ');
  const script = join(import.meta.dirname, 'round.sh');
  const line = guest.commandLine(['sh', script, address, load, ...registrars[registrar]]);
  const child = spawn('ip', ['netns', 'exec', namespace, ...line], { stdio: ['pipe', 'pipe', 'inherit'] });
  // After the last row nobody listens.
  child.stdin.on('error', () => undefined);
  const rows = [];
  let before = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    const cpuSeconds = processorSeconds(guest.processGroup) - before;
    const row = JSON.parse(text);
    if (row.operation !== undefined)
      rows.push({ registrar, ...row, cpuSeconds, perSecond: row.answered / cpuSeconds });
    before = processorSeconds(guest.processGroup);
    child.stdin.write('\n');
  }
  if (rows.length < windows.length * 5) throw new Error(`${registrar} did not get through`);
  return rows;
}

ip('netns', 'add', namespace);
let guest;
try {
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  guest = await Guest.start({ namespace });
  const rows = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const registrar of Object.keys(registrars)) {
      say(`round ${round} of ${rounds}: ${registrar}`);
      for (const row of await measure(guest, registrar)) rows.push({ round, ...row });
    }
  }
  const cells = cellsOf(rows);
  if (values.json) for (const cell of cells) console.log(JSON.stringify(cell));
  else console.table(cells);
  console.log(JSON.stringify({ summary: summaryOf(cells) }));
} finally {
  await guest?.stop();
  ip('netns', 'del', namespace);
}
