// SCTP side by side on loopback, two processes each, in turn: this project's, usrsctp in C, the two of npm, TCP, datagrams.
// use: npm run bench:sctp -- [--quick] [--rounds N] [--ms N] [--only NAME,NAME] [--out FILE]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../peers/ratios.mjs';
import { runClient } from './child.mjs';
import { implementations } from './implementations.mjs';
import { measure } from './measurement.mjs';
import { programs } from './programs.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    ms: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 2 : 3));
const ms = Number(values.ms ?? (values.quick ? 700 : 2000));
const own = 'transport-sctp';
const lossRivals = [own, 'usrsctp'];

const built = programs();
if (built === undefined) {
  console.log(
    'The Debian packages libusrsctp-dev and gcc cannot be had here: usrsctp and lossy paths are left out.',
  );
}
const wanted = values.only?.split(',');
const all = Object.entries(implementations(built?.usrsctp)).filter(
  ([name]) => wanted === undefined || wanted.includes(name),
);

function runs() {
  const sizes = [100, 1400];
  return [
    ...sizes.map((bytes) => ({
      workload: 'flood',
      bytes,
      loss: 0,
      among: all.filter(([, { hasFlowControl }]) => hasFlowControl !== false),
    })),
    ...sizes.map((bytes) => ({ workload: 'roundTrip', bytes, loss: 0, among: all })),
    ...(built === undefined ? [] : [0.01, 0.05]).flatMap((loss) =>
      sizes.map((bytes) => ({
        workload: 'flood',
        bytes,
        loss,
        among: all.filter(([name]) => lossRivals.includes(name)),
      })),
    ),
  ];
}

const rows = [];
for (const { among, ...run } of runs()) {
  for (let round = 0; round < rounds; round += 1) {
    for (const [impl, implementation] of among) {
      const result = await measure(implementation, { ...run, ms, relay: built?.relay });
      const row = { impl, ...run, round, ...rates(run, result) };
      rows.push(row);
      console.log(JSON.stringify(row));
    }
  }
}

function rates({ workload }, result) {
  if (result === undefined) return { failed: 'took too long' };
  if (workload === 'roundTrip')
    return { opsPerSec: Math.round(result.count / result.seconds), p50Us: result.p50Us, p99Us: result.p99Us };
  const isWhole = result.arrived === result.sent && result.misplaced === 0;
  return {
    opsPerSec: Math.round(result.arrived / result.seconds),
    ...(isWhole
      ? {}
      : { failed: `${result.arrived} of ${result.sent} arrived, ${result.misplaced} out of order` }),
  };
}

/** What one implementation reached in one cell, round by round; nothing of what failed. */
function reachedBy(impl, cell, figure) {
  return rows
    .filter((row) => row.impl === impl && row.failed === undefined)
    .filter((row) => Object.entries(cell).every(([key, value]) => row[key] === value))
    .map((row) => row[figure]);
}

/** How often more one implementation reaches than another: the median over the rounds, each measured one after the other. */
function ratio(cell, other, figure = 'opsPerSec') {
  const mine = reachedBy(own, cell, figure);
  const others = reachedBy(other, cell, figure);
  const each = mine.slice(0, others.length).map((value, round) => value / others[round]);
  return each.length === 0 ? null : Math.round(100 * median(each)) / 100;
}

const flood = (bytes, loss = 0) => ({ workload: 'flood', bytes, loss });
const roundTrip = { workload: 'roundTrip', bytes: 100 };

/** The smaller of the two sizes' ratios where packets are lost. */
function leastWithLoss(loss) {
  const both = [100, 1400].map((bytes) => ratio(flood(bytes, loss), 'usrsctp'));
  return both.includes(null) ? null : Math.min(...both);
}

function table() {
  const cells = new Map();
  for (const { impl, workload, bytes, loss } of rows) {
    const cell = { workload, bytes, loss };
    const name = `${workload} ${bytes} B${loss > 0 ? ` ${100 * loss} % lost` : ''}`;
    if (!cells.has(name)) cells.set(name, {});
    const figure = workload === 'roundTrip' ? 'p50Us' : 'opsPerSec';
    const reached = reachedBy(impl, cell, figure);
    cells.get(name)[impl] = reached.length === 0 ? 'failed' : Math.round(median(reached));
  }
  return Object.fromEntries(cells);
}
console.table(table());

const idle = all.some(([name]) => name === own)
  ? await runClient(process.execPath, ['--expose-gc', join(import.meta.dirname, 'idle.mjs'), '1000'], 120_000)
  : undefined;
if (values.out !== undefined)
  writeFileSync(values.out, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
console.log(
  JSON.stringify({
    summary: {
      vsUsrsctp100: ratio(flood(100), 'usrsctp'),
      vsUsrsctp1400: ratio(flood(1400), 'usrsctp'),
      rttVsDgram: ratio(roundTrip, 'dgram', 'p50Us'),
      rttVsUsrsctp: ratio(roundTrip, 'usrsctp', 'p50Us'),
      vsNpmSctp: ratio(flood(100), 'npm-sctp'),
      vsWerift: ratio(flood(100), 'werift'),
      vsUsrsctpLosing1: leastWithLoss(0.01),
      vsUsrsctpLosing5: leastWithLoss(0.05),
      bytesPerIdleAssociation: idle?.bytesPerIdleAssociation ?? null,
    },
  }),
);
