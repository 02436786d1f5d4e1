// How long a session stands still when its server is killed or hangs: this project beside what people use today.
// use: npm run bench:failover -- [--json] [--rounds N] [--cap MS] [--only NAME]
import { parseArgs } from 'node:util';
import { startGrpc } from './peers/grpc.mjs';
import { startRserpool } from './peers/rserpool.mjs';
import { startUndici } from './peers/undici.mjs';
import { runWorkload } from './workload.mjs';

const peers = {
  'rserpool, defaults': () => startRserpool({}),
  'rserpool, profile lan': () => startRserpool({ profile: 'lan' }),
  'grpc-js round_robin, defaults': () => startGrpc(),
  'grpc-js round_robin, keepalive 1 s + 1 s': () =>
    startGrpc({ 'grpc.keepalive_time_ms': 1000, 'grpc.keepalive_timeout_ms': 1000 }),
  'undici BalancedPool': () => startUndici({ retry: false }),
  'undici RetryAgent(BalancedPool)': () => startUndici({ retry: true }),
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
    cap: { type: 'string', default: '25000' },
    only: { type: 'string' },
  },
});
const capMs = Number(values.cap);
const rounds = Number(values.rounds);
if (!(capMs > 0) || !(rounds > 0)) {
  console.error('--cap and --rounds take a positive number');
  process.exit(2);
}

const rows = [];
for (let round = 1; round <= rounds; round++) {
  for (const signal of ['SIGKILL', 'SIGSTOP']) {
    for (const [name, start] of Object.entries(peers)) {
      if (values.only !== undefined && !name.startsWith(values.only)) continue;
      // Whoever did not notice within the cap in the first round need not be waited for again.
      const known = rows.find((row) => row.peer === name && row.signal === signal);
      if (known?.standstillMs === null) continue;
      const peer = await start();
      const row = { peer: name, round, ...(await runWorkload(peer, signal, capMs)) };
      await peer.end();
      rows.push(row);
      if (values.json) console.log(JSON.stringify(row));
    }
  }
}
if (!values.json) console.table(rows);
// Requests that hang would keep the process alive.
process.exit(0);
