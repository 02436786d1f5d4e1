// The matrix with the reference implementation (rsplib): its programs and ours in one scope, cell by cell.
// use: npm run test:interop -- [--json] [--only TEXT] [--keep DIRECTORY]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lab } from './lab.mjs';
import { Scope } from './scope.mjs';
import { ourClients } from './cells/our-clients.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, keep: { type: 'string' } },
});
const directory = values.keep ?? mkdtempSync(join(tmpdir(), 'rserpool-interop-'));
const lanes = ['l0', 'l1', 'l2', 'l3', 'l4', 'l5'];
const carriers = ['kernel', 'udp', 'raw'];
const queue = Object.entries({ ...ourClients }).flatMap(([name, run]) => carriers.map((carrier) => ({ name: `${carrier}: ${name}`, carrier, run }))).filter(({ name }) => values.only === undefined || name.includes(values.only));
const started = performance.now();
const lab = await Lab.start(lanes);
console.log('lab', performance.now() - started);
try {
  await Promise.all(lanes.map(async (lane) => {
    for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
      const t = performance.now();
      const where = join(directory, cell.name.replaceAll(/[^\w]+/g, '-'));
      mkdirSync(where, { recursive: true });
      const scope = new Scope(lab, lane, cell.carrier, where);
      let failure; let told;
      try { told = await cell.run(scope); } catch (error) { failure = error; }
      const mid = performance.now();
      await scope.end();
      console.log(failure ? 'FAIL' : 'ok  ', cell.name, ((mid - t) / 1000).toFixed(1), ((performance.now() - mid) / 1000).toFixed(1), JSON.stringify(told ?? {}), failure?.message ?? '');
      if (process.env.STACK && failure) console.log(failure.stack);
    }
  }));
} finally { await lab.remove(); console.log((performance.now() - started) / 1000, directory); }
