// Lookups of four members and registrations a second: this project's registrar, and what people use today.
// use: npm run bench:registries -- [--json] [--time MS]
import { parseArgs } from 'node:util';
import { benchEtcd } from './etcd.mjs';
import { benchRserpool } from './rserpool.mjs';
import { benchZookeeper } from './zookeeper.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, time: { type: 'string', default: '2000' } },
});
const timeMs = Number(values.time);
if (!(timeMs > 0)) {
  console.error('--time takes a positive number of milliseconds');
  process.exit(2);
}
const rows = [];
const registries = {
  rserpool: benchRserpool,
  etcd: benchEtcd,
  zookeeper: benchZookeeper,
};
for (const [name, bench] of Object.entries(registries)) {
  try {
    rows.push(...(await bench(timeMs)));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.error(
      `${name} is left out: its program is not installed (Debian: etcd-server, zookeeper, default-jre-headless)`,
    );
  }
}
const own = (op, width) =>
  rows.find((row) => row.impl === 'rserpool' && row.op === op && row.width === width);
for (const row of rows) row.ratio = Math.round((10 * own(row.op, row.width).opsPerSec) / row.opsPerSec) / 10;
if (values.json) for (const row of rows) console.log(JSON.stringify(row));
else console.table(rows);
const ratios = Object.fromEntries(
  ['etcd', 'zookeeper']
    .map((impl) => [impl, rows.filter((row) => row.impl === impl)])
    .filter(([, others]) => others.length > 0)
    .map(([impl, others]) => [
      impl,
      Object.fromEntries(others.map((row) => [`${row.op}${row.width}`, row.ratio])),
    ]),
);
console.log(JSON.stringify({ summary: { registries: ratios } }));
// Clients of others may leave timers behind.
process.exit(0);
