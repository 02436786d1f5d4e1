// use: npm run bench -- [--json] [--quick] [--only codec|resolution|session]
import { parseArgs } from 'node:util';
import { benchCodec } from './codec.mjs';
import { benchResolution } from './resolution.mjs';
import { benchSession } from './session.mjs';

const suites = { codec: benchCodec, resolution: benchResolution, session: benchSession };
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
});
if (values.only !== undefined && !(values.only in suites)) {
  console.error(`--only is '${values.only}'; allowed are ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
const options = { timeMs: values.quick ? 40 : 400, isQuick: values.quick ?? false };
// Nothing of the in-memory network keeps a process alive.
const alive = setInterval(() => undefined, 60_000);
for (const [name, suite] of Object.entries(suites)) {
  if (values.only !== undefined && values.only !== name) continue;
  const rows = await suite(options);
  if (values.json) for (const row of rows) console.log(JSON.stringify(row));
  else console.table(rows);
}
clearInterval(alive);
