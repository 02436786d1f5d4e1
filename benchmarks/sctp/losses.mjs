// How long 10,000 messages take over a link that loses packets in both directions, in virtual time: with the losses that
// RFC 9260 alone finds, and with those that time and probes find, too (parameters.tailLossProbes).
// use: node scripts/build.mjs && node benchmarks/sctp/losses.mjs [--seeds N] [--messages N]
import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SctpEndpointMachine } from '@rserpool/transport-sctp/machine';
import { randomFraction, seededRandom } from '@rserpool/wire';
import { median } from '../peers/ratios.mjs';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '10' }, messages: { type: 'string', default: '10000' } },
});
const messages = Number(values.messages);

const port = 3863;
const addresses = [Uint8Array.of(192, 0, 2, 1), Uint8Array.of(192, 0, 2, 2)];

/** What the link carries in a millisecond. */
const packetsPerMs = 100;

class Link {
  now = 0;
  received = 0;
  isUp = false;
  #ends;
  #flying = [];
  #freeAt = [0, 0];
  #draw;
  #options;

  constructor(options) {
    this.#options = options;
    const random = seededRandom(options.seed);
    this.#draw = () => randomFraction(random);
    let next = 2;
    this.#ends = addresses.map(
      (address, index) =>
        new SctpEndpointMachine({
          port,
          addresses: [address],
          listen: index === 1,
          allocate: () => next++,
          random: seededRandom(options.seed + index),
          hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
          encapsulationPort: () => 0,
          parameters: { tailLossProbes: options.tailLossProbes },
        }),
    );
    const remote = { addresses: [addresses[1]], port };
    this.#ends[0].handle({ type: 'associate', association: 1, remote }, 0);
    this.#run(() => this.isUp);
  }

  /** @returns How long all messages took, in milliseconds. */
  flood(bytes) {
    const began = this.now;
    const data = new Uint8Array(bytes);
    const message = {
      type: 'send',
      association: 1,
      data,
      payloadProtocolIdentifier: 11,
      stream: 0,
      unordered: false,
    };
    for (let count = 0; count < messages; count += 1) this.#ends[0].handle(message, this.now);
    this.#run(() => this.received === messages);
    return this.now - began;
  }

  #run(isDone) {
    for (;;) {
      this.#poll(0);
      this.#poll(1);
      if (isDone()) return;
      const [packet] = this.#flying;
      const timeouts = this.#ends.map((end) => end.nextTimeout() ?? Number.POSITIVE_INFINITY);
      this.now = Math.max(this.now, Math.min(packet?.at ?? Number.POSITIVE_INFINITY, ...timeouts));
      if (packet !== undefined && packet.at <= this.now) {
        this.#flying.shift();
        this.#ends[packet.to].handle(packet.input, this.now);
      } else for (const end of this.#ends) end.handleTimeout(this.now);
    }
  }

  #poll(from) {
    const end = this.#ends[from];
    for (let output = end.poll(); output !== undefined; output = end.poll()) {
      if (output.type === 'packet') this.#carry(from, output);
      else if (output.type === 'associationUp') this.isUp ||= from === 0;
      else if (output.type === 'associationLost')
        throw new Error(`the association is lost: ${output.reason}`);
      else if (output.type === 'message') {
        this.received += 1;
        end.handle(
          { type: 'consumed', association: output.association, bytes: output.data.length },
          this.now,
        );
      }
    }
  }

  #carry(from, { bytes, source, destination }) {
    const leaves = Math.max(this.#freeAt[from], this.now);
    this.#freeAt[from] = leaves + 1 / packetsPerMs;
    if (this.#draw() < this.#options.loss) return;
    const input = { type: 'packet', bytes, source, destination, encapsulationPort: 0 };
    const item = { at: leaves + this.#options.delayMs, to: 1 - from, input };
    let place = this.#flying.length;
    while (place > 0 && this.#flying[place - 1].at > item.at) place -= 1;
    this.#flying.splice(place, 0, item);
  }
}

for (const bytes of [100, 1400]) {
  for (const delayMs of [0.05, 1]) {
    for (const loss of [0, 0.01, 0.05]) {
      const row = { suite: 'sctp-losses', bytes, delayMs, loss };
      for (const tailLossProbes of [0, 3]) {
        const times = Array.from({ length: Number(values.seeds) }, (_, index) =>
          new Link({ delayMs, loss, tailLossProbes, seed: index + 1 }).flood(bytes),
        );
        const name = tailLossProbes === 0 ? 'rfc9260' : 'withTime';
        row[`${name}MedianMs`] = Math.round(10 * median(times)) / 10;
        row[`${name}LongestMs`] = Math.round(10 * Math.max(...times)) / 10;
      }
      console.log(JSON.stringify(row));
    }
  }
}
