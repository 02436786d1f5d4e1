// Fuzzes two SCTP endpoints: mutations of the packets that they send to one another are given to them, too.
// use: node fuzz-association.mjs [--seconds 20] [--seed 1]
//
// What holds for every input: no machine throws, answers a packet with a flood, or spins on its timers. Where the mutated
// packets keep a wrong checksum, everything that was sent arrives once and in order; where their checksum is made right,
// whoever sends them is the peer itself, and an association may end by it, but another one can be set up.
import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { bytesToHex, parseIpAddress, seededRandom } from '@rserpool/wire';
import { checksumOf, checksumOffset, ChunkWalk } from '../dist/internal.js';
import { SctpEndpointMachine } from '../dist/machine.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  console.error('--seconds and --seed have to be numbers');
  process.exit(2);
}

const random = seededRandom(seed);
const below = (limit) => random() % limit;
const edges = [
  0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 20, 0x7f, 0x80, 0xc0, 0xc1, 0xff, 0x7fff, 0x8000, 0xfffe, 0xffff,
];

/** The most that one packet or timeout may be answered with. */
const maximumOutputs = 2000;
/** The most messages that wait in the network; more are lost. */
const maximumInFlight = 64;

const mutations = [
  function changeBit(bytes) {
    bytes[12 + below(bytes.length - 12)] ^= 1 << below(8);
    return bytes;
  },
  function setByte(bytes) {
    bytes[12 + below(bytes.length - 12)] = edges[below(edges.length)] & 0xff;
    return bytes;
  },
  function setWord(bytes) {
    const at = 12 + below((bytes.length - 12) >> 1) * 2;
    const word = edges[below(edges.length)];
    bytes[at] = word >> 8;
    bytes[at + 1] = word & 0xff;
    return bytes;
  },
  function addToNumber(bytes) {
    const at = 12 + below((bytes.length - 12) >> 2) * 4;
    const view = new DataView(bytes.buffer);
    view.setUint32(at, view.getUint32(at) + below(9) - 4);
    return bytes;
  },
  function changeType(bytes) {
    const walk = new ChunkWalk();
    walk.start(bytes);
    for (let count = 1 + below(3); count > 0 && walk.next(); count--);
    bytes[walk.offset] = below(3) === 0 ? below(256) : below(16);
    return bytes;
  },
  function changeFlags(bytes) {
    bytes[13] = below(16);
    return bytes;
  },
  function cut(bytes) {
    return bytes.slice(0, 12 + below(bytes.length - 11));
  },
  function repeatChunks(bytes) {
    return bytes.length > 4096 ? bytes : Uint8Array.of(...bytes, ...bytes.subarray(12));
  },
  function appendOther(bytes) {
    const other = seen[below(seen.length)];
    return other === undefined || bytes.length > 4096
      ? bytes
      : Uint8Array.of(...bytes, ...other.subarray(12));
  },
  function putAnotherBefore(bytes) {
    const other = seen[below(seen.length)];
    if (other === undefined || bytes.length > 4096) return bytes;
    return Uint8Array.of(...bytes.subarray(0, 12), ...other.subarray(12), ...bytes.subarray(12));
  },
];

/** Packets of this run, one of each shape and some more. */
const seen = [];
let run;

/** One endpoint and what its application has seen. */
class Endpoint {
  constructor(name, addresses, port, trusted) {
    this.name = name;
    this.addresses = addresses;
    this.port = port;
    this.received = [];
    /** The associations that are up. */
    this.up = new Set();
    this.next = 1;
    this.machine = new SctpEndpointMachine({
      port,
      addresses: addresses.map(parseIpAddress),
      listen: true,
      allocate: () => this.next++,
      random: seededRandom(random()),
      hmac: (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
      // With it AUTH and ASCONF are agreed on; without, whoever moves may be taken for somebody else.
      ...((trusted || below(2) === 0) && {
        hmacSha1: (key, data) => new Uint8Array(createHmac('sha1', key).update(data).digest()),
      }),
      encapsulationPort: () => 9899,
      parameters: { heartbeatIntervalMs: 1000, receiveWindowBytes: 20000, maximumMessageBytes: 8000 },
    });
  }

  /** One that is up. */
  get association() {
    const [association] = this.up;
    return association;
  }

  abortAll() {
    for (const association of this.up) this.handle({ type: 'abort', association });
    this.up.clear();
  }

  handle(input) {
    this.machine.handle(input, run.now);
    this.drain();
  }

  drain() {
    const read = new Map();
    let outputs = 0;
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      if (++outputs > maximumOutputs) throw new Error(`${this.name} answers without end`);
      this.take(output, read);
    }
    for (const [association, bytes] of read) this.handle({ type: 'consumed', association, bytes });
  }

  take(output, read) {
    if (output.type === 'packet') run.send(this, output);
    else if (output.type === 'associationUp') this.up.add(output.association);
    else if (output.type === 'associationLost') this.up.delete(output.association);
    else if (output.type === 'message') {
      read.set(output.association, (read.get(output.association) ?? 0) + output.data.length);
      this.received.push(output);
    }
  }

  timers() {
    for (let rounds = 0; ; rounds++) {
      const timeout = this.machine.nextTimeout();
      if (timeout === undefined || timeout > run.now) return;
      if (Number.isNaN(timeout)) throw new Error(`${this.name} has a timer at no time`);
      if (rounds > 1000) throw new Error(`${this.name} spins on its timers`);
      this.machine.handleTimeout(run.now);
      this.drain();
    }
  }
}

/** Two endpoints, a network of mutations between them, and what was sent. */
class Run {
  constructor(trusted) {
    this.trusted = trusted;
    this.now = 0;
    this.inFlight = [];
    this.inputs = 0;
    this.sent = 0;
    const two = below(2) === 0;
    this.left = new Endpoint('left', ['10.0.0.1', '10.0.1.1'].slice(0, two ? 2 : 1), 5000, trusted);
    this.right = new Endpoint('right', ['10.0.0.2', '10.0.1.2'].slice(0, two ? 2 : 1), 7000, trusted);
  }

  associate() {
    const { left, right } = this;
    const remote = { addresses: right.addresses.map(parseIpAddress), port: right.port };
    left.handle({ type: 'associate', association: left.next++, remote });
  }

  send(from, packet) {
    if (seen.length < 200) seen.push(packet.bytes);
    else if (below(20) === 0) seen[below(seen.length)] = packet.bytes;
    if (this.inFlight.length < maximumInFlight)
      this.inFlight.push({ to: from === this.left ? this.right : this.left, packet });
  }

  deliver({ to, packet }) {
    const { bytes, source, destination, encapsulationPort } = packet;
    to.handle({ type: 'packet', bytes, source, destination, encapsulationPort });
  }

  /** One thing happens. */
  step() {
    this.now += below(8);
    this.left.timers();
    this.right.timers();
    const choice = below(16);
    if (choice === 0) this.now += below(3000);
    if (choice === 4 && below(10) === 0) this.move(below(2) === 0 ? this.left : this.right);
    if (choice <= 3) this.sendMessage(below(2) === 0 ? this.left : this.right);
    const delivery = this.inFlight.shift();
    if (delivery === undefined) return;
    if (choice === 15 && !this.trusted && below(8) === 0) return;
    if (choice >= 8)
      this.deliver({
        ...delivery,
        packet: { ...delivery.packet, bytes: this.mutated(delivery.packet.bytes) },
      });
    this.deliver(delivery);
  }

  /** An endpoint has other addresses. */
  move(endpoint) {
    const host = endpoint === this.left ? 1 : 2;
    const addresses = [0, 1, 2].filter(() => below(2) === 0).map((network) => `10.0.${network}.${host}`);
    if (addresses.length === 0) addresses.push(`10.0.0.${host}`);
    endpoint.addresses = addresses;
    endpoint.handle({ type: 'localAddresses', addresses: addresses.map(parseIpAddress) });
  }

  sendMessage(from) {
    if (from.association === undefined) return;
    const data = new Uint8Array(4 + below(below(4) === 0 ? 5000 : 100)).fill(this.sent & 0xff);
    new DataView(data.buffer).setUint32(0, from === this.left ? this.sent++ : 0xffffffff);
    const stream = this.trusted ? 0 : below(20);
    const unordered = !this.trusted && below(4) === 0;
    from.handle({
      type: 'send',
      association: from.association,
      data,
      payloadProtocolIdentifier: 11,
      stream,
      unordered,
    });
  }

  mutated(original) {
    let bytes = original.slice();
    for (let count = 1 + below(3); count > 0 && bytes.length > 16; count--) {
      bytes = mutations[below(mutations.length)](bytes);
    }
    this.inputs++;
    this.last = bytes;
    if (bytes.length < 12) return bytes;
    const right = checksumOf(bytes, bytes.length);
    // In a trusted run mutations are the network's: their checksum is wrong.
    new DataView(bytes.buffer).setUint32(checksumOffset, this.trusted ? right ^ 0x5a5a5a5a : right, true);
    return bytes;
  }

  /** Everything that the left one sent arrived at the right one, once and in order. */
  checkArrival() {
    this.settle(20000, 20, () => this.right.received.length === this.sent);
    const numbers = this.right.received.map(({ data }) =>
      new DataView(data.buffer, data.byteOffset).getUint32(0),
    );
    const wrong = numbers.findIndex((number, index) => number !== index);
    if (wrong >= 0) throw new Error(`message ${wrong} is ${numbers[wrong]}`);
    if (numbers.length !== this.sent) throw new Error(`${numbers.length} of ${this.sent} messages arrived`);
    if (this.left.association === undefined) throw new Error('the association ended');
  }

  /** Time passes, and the network is as it should be. */
  settle(rounds, stepMs, isDone = () => false) {
    for (let round = 0; round < rounds && !isDone(); round++) {
      this.now += stepMs;
      this.left.timers();
      this.right.timers();
      for (const delivery of this.inFlight.splice(0)) this.deliver(delivery);
    }
  }

  /** Whatever happened before, both can set up an association again. */
  checkRevival() {
    this.inFlight.length = 0;
    // What was being set up comes up or ends by itself in that time; what one end alone has is noticed.
    this.settle(400, 3000);
    this.left.abortAll();
    this.right.abortAll();
    this.settle(10, 10);
    this.associate();
    this.settle(500, 20, () => this.left.association !== undefined);
    if (this.left.association === undefined) throw new Error('no association can be set up any more');
  }
}

let inputs = 0;
let runs = 0;
const end = Date.now() + seconds * 1000;
while (Date.now() < end) {
  run = new Run(runs % 4 === 3);
  runs++;
  try {
    run.associate();
    // Who moves before an association is up cannot be known by its cookie; in a trusted run it has to last.
    if (run.trusted) run.settle(2000, 10, () => run.left.up.size > 0 && run.right.up.size > 0);
    for (let steps = 0; steps < 400; steps++) {
      run.step();
      if (!run.trusted && run.left.association === undefined && run.inFlight.length === 0) run.associate();
    }
    if (run.trusted) run.checkArrival();
    else run.checkRevival();
  } catch (error) {
    console.error(error.stack);
    console.error(`run ${runs}, last mutation: ${bytesToHex(run.last ?? new Uint8Array(0))}`);
    console.log(`fuzz: ${inputs + run.inputs} inputs, 1 failure, seed ${seed}`);
    process.exit(1);
  }
  inputs += run.inputs;
}
console.log(`fuzz: ${inputs} inputs in ${runs} runs, 0 failures, seed ${seed}`);
