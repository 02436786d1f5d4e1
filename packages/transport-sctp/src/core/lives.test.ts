import { createHmac } from 'node:crypto';
import { parseIpAddress, type RandomSource, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { SimulatedEndpoint } from './testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from './testing/simulated-network.fixture.ts';

const hmacSha1 = (key: Uint8Array, data: Uint8Array) =>
  new Uint8Array(createHmac('sha1', key).update(data).digest());

const sides = [
  ['10.0.0.1', '10.0.1.1', '10.0.2.1'],
  ['10.0.0.2', '10.0.1.2', '10.0.2.2'],
] as const;

/** Sends what the receiver can tell from everything else: the number of the message on its stream. */
function numbered(number: number, length: number): Uint8Array {
  const data = new Uint8Array(length);
  new DataView(data.buffer).setUint32(0, number);
  return data;
}

/** Two endpoints that do whatever they like on a bad network. */
class Life {
  readonly network: SimulatedNetwork;
  readonly endpoints: readonly [SimulatedEndpoint, SimulatedEndpoint];
  readonly #random: RandomSource;
  /** How many messages went out, by endpoint, association and stream. */
  readonly sent: [Map<string, number>, Map<string, number>] = [new Map(), new Map()];

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.network = new SimulatedNetwork(seed, {
      delayMs: 5,
      loss: 0.05,
      duplication: 0.05,
      reordering: 0.2,
      reorderingMs: 30,
      corruption: 0.01,
    });
    const options = { hmacSha1 };
    const parameters = { rtoMinMs: 100, rtoInitialMs: 200, rtoMaxMs: 1000, heartbeatIntervalMs: 500 };
    this.endpoints = [
      new SimulatedEndpoint(this.network, { addresses: sides[0].slice(0, 2), seed, options, parameters }),
      new SimulatedEndpoint(this.network, {
        addresses: sides[1].slice(0, 2),
        seed: seed + 1,
        options,
        parameters,
      }),
    ];
  }

  below(limit: number): number {
    return this.#random() % limit;
  }

  /** The associations of an endpoint that are up. */
  up(side: 0 | 1): number[] {
    const names = new Set<number>();
    for (const event of this.endpoints[side].events) {
      if (event.type === 'associationUp') names.add(event.association);
      if (event.type === 'associationLost') names.delete(event.association);
    }
    return [...names];
  }

  /** One thing that may happen. */
  step(endings: boolean): void {
    const side = this.below(2) === 0 ? 0 : 1;
    const endpoint = this.endpoints[side];
    const other = this.endpoints[1 - side] as SimulatedEndpoint;
    const [association] = this.up(side);
    const choice = this.below(40);
    if (association === undefined) {
      if (choice < 20) endpoint.associate(other, sides[1 - side]?.slice(0, 2));
    } else if (choice < 25) {
      this.#send(side, association);
    } else if (choice < 28) {
      const address = sides[1 - side]?.[this.below(3)] ?? '';
      endpoint.handle({ type: 'setPrimary', association, address: parseIpAddress(address) });
    } else if (choice < 30) {
      this.#move(side);
    } else if (choice < 32) {
      const address = sides[side][this.below(3)] ?? '';
      this.network.cut(address);
      this.network.run(this.below(1500));
      this.network.mend(address);
    } else if (choice === 32 && endings) {
      endpoint.handle({ type: 'shutdown', association });
    } else if (choice === 33 && endings) {
      endpoint.handle({ type: 'abort', association });
      endpoint.events.push({ type: 'associationLost', association, reason: 'closed' });
    }
    this.network.run(this.below(60));
  }

  #send(side: 0 | 1, association: number): void {
    for (let count = this.below(5); count >= 0; count--) {
      const stream = this.below(3);
      const key = `${association}/${stream}`;
      const number = this.sent[side].get(key) ?? 0;
      this.sent[side].set(key, number + 1);
      this.endpoints[side].send(association, numbered(number, 4 + this.below(3000)), stream);
    }
  }

  /** Other addresses than before, one of the former ones among them or not. */
  #move(side: 0 | 1): void {
    const begin = this.below(3);
    const addresses = [0, 1].slice(0, 1 + this.below(2)).map((step) => sides[side][(begin + step) % 3] ?? '');
    for (const address of sides[side]) this.network.detach(parseIpAddress(address));
    for (const address of addresses) this.network.attach(parseIpAddress(address), this.endpoints[side]);
    this.endpoints[side].handle({ type: 'localAddresses', addresses: addresses.map(parseIpAddress) });
    // Where both sides leave all their addresses at once, neither can tell the other one where it is.
    this.network.run(2000);
  }
}

/** What came in by stream of an association: the numbers of the messages in their order. */
function received(endpoint: SimulatedEndpoint): Map<string, number[]> {
  const streams = new Map<string, number[]>();
  for (const { association, stream, data } of endpoint.messages) {
    const key = `${association}/${stream}`;
    const numbers = streams.get(key) ?? [];
    numbers.push(new DataView(data.buffer, data.byteOffset).getUint32(0));
    streams.set(key, numbers);
  }
  return streams;
}

const byNumber = (left: number, right: number) => left - right;

describe('whatever two endpoints do on a bad network', () => {
  test.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    'nothing is delivered twice or out of order, and in the end nothing is left (seed %d)',
    (seed) => {
      const life = new Life(seed);
      for (let count = 0; count < 150; count++) life.step(true);
      life.network.faults.loss = 0;
      life.network.faults.corruption = 0;
      for (const side of [0, 1] as const) {
        for (const association of life.up(side))
          life.endpoints[side].handle({ type: 'shutdown', association });
      }
      life.network.run(600_000);
      for (const side of [0, 1] as const) {
        for (const association of life.up(side))
          life.endpoints[side].handle({ type: 'shutdown', association });
      }
      life.network.run(600_000);
      for (const [side, endpoint] of life.endpoints.entries()) {
        expect(endpoint.machine.nextTimeout()).toBeUndefined();
        expect(life.up(side === 0 ? 0 : 1)).toEqual([]);
        const restarts = endpoint.events.filter(({ type }) => type === 'associationRestarted').length;
        for (const numbers of received(endpoint).values()) {
          // Only a peer that has restarted counts from 0 again, under the same name on this side.
          const backwards = numbers.filter((number, index) => number <= (numbers[index - 1] ?? -1)).length;
          expect(backwards).toBeLessThanOrEqual(restarts);
        }
      }
    },
  );

  test.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    'as long as nobody ends it everything arrives, whatever addresses come and go (seed %d)',
    (seed) => {
      const life = new Life(seed);
      const [a, b] = life.endpoints;
      a.associate(b);
      expect(life.network.runUntil(() => life.up(0).length === 1 && life.up(1).length === 1, 60_000)).toBe(
        true,
      );
      for (let count = 0; count < 120; count++) life.step(false);
      life.network.faults.loss = 0;
      life.network.faults.corruption = 0;
      life.network.run(120_000);
      for (const [side, endpoint] of life.endpoints.entries()) {
        expect(endpoint.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
        const streams = received(life.endpoints[1 - side] as SimulatedEndpoint);
        const counts = [...(life.sent[side]?.values() ?? [])];
        const arrived = [...streams.values()].map((numbers) => numbers.length);
        expect(arrived.toSorted(byNumber)).toEqual(counts.toSorted(byNumber));
      }
    },
  );
});
