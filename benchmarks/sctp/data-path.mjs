// What the protocol itself costs: two machines in one process, packets handed over directly, CRC32c included. No sockets,
// no timers; messages a second of processor time for sender and receiver together.
// use: node scripts/build.mjs && node benchmarks/sctp/data-path.mjs [--ms N] [--rounds N]
import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SctpEndpointMachine } from '@rserpool/transport-sctp/machine';
import { seededRandom } from '@rserpool/wire';
import { median } from '../peers/ratios.mjs';

const { values } = parseArgs({
  options: { ms: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } },
});

/** How many messages are sent in one turn: the application's loop. */
const messagesPerTurn = 200;

const port = 3863;
const addresses = [Uint8Array.of(192, 0, 2, 1), Uint8Array.of(192, 0, 2, 2)];
let nextAssociation = 1;
const allocate = () => nextAssociation++;

function machineAt(address, listen) {
  return new SctpEndpointMachine({
    port,
    addresses: [address],
    listen,
    allocate,
    random: seededRandom(nextAssociation),
    hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
    encapsulationPort: () => 0,
  });
}

class Pair {
  #left = machineAt(addresses[0], false);
  #right = machineAt(addresses[1], true);
  #association = allocate();
  #now = 0;
  received = 0;
  packets = 0;

  constructor() {
    const remote = { addresses: [addresses[1]], port };
    this.#left.handle({ type: 'associate', association: this.#association, remote }, this.#now);
    this.#settle();
  }

  turn(data) {
    const message = {
      type: 'send',
      association: this.#association,
      data,
      payloadProtocolIdentifier: 11,
      stream: 0,
      unordered: false,
    };
    const goal = this.received + messagesPerTurn;
    for (let count = 0; count < messagesPerTurn; count += 1) this.#left.handle(message, this.#now);
    for (;;) {
      this.#settle();
      if (this.received >= goal) break;
      this.#now += 200;
      this.#left.handleTimeout(this.#now);
      this.#right.handleTimeout(this.#now);
    }
    this.#now += 1;
  }

  #settle() {
    while (this.#drain(this.#left, this.#right) || this.#drain(this.#right, this.#left));
  }

  #drain(from, to) {
    const before = this.packets;
    for (let output = from.poll(); output !== undefined; output = from.poll()) {
      if (output.type === 'packet') {
        this.packets += 1;
        const { bytes, source, destination } = output;
        to.handle({ type: 'packet', bytes, source, destination, encapsulationPort: 0 }, this.#now);
      } else if (output.type === 'message') {
        this.received += 1;
        const { association, data } = output;
        from.handle({ type: 'consumed', association, bytes: data.length }, this.#now);
      }
    }
    return this.packets > before;
  }
}

function measure(bytes, ms) {
  const pair = new Pair();
  const data = new Uint8Array(bytes);
  for (let turn = 0; turn < 300; turn += 1) pair.turn(data);
  const { received, packets } = pair;
  const cpu = process.cpuUsage();
  const end = performance.now() + ms;
  do {
    for (let turn = 0; turn < 20; turn += 1) pair.turn(data);
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(cpu);
  const count = pair.received - received;
  return {
    messagesPerCpuSecond: Math.round((count / (user + system)) * 1e6),
    packetsPerMessage: Number(((pair.packets - packets) / count).toFixed(3)),
  };
}

const summary = {};
for (const bytes of [100, 1400]) {
  const rows = Array.from({ length: Number(values.rounds) }, () => measure(bytes, Number(values.ms)));
  for (const row of rows) console.log(JSON.stringify({ suite: 'sctp-data-path', bytes, ...row }));
  summary[`bytes${bytes}`] = median(rows.map((row) => row.messagesPerCpuSecond));
}
console.log(JSON.stringify({ summary }));
