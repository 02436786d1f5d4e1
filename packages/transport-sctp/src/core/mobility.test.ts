import { createHmac } from 'node:crypto';
import { parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { HmacFunction } from './sctp-endpoint-options.ts';
import { deliveredOn, numberedMessage } from './testing/sctp-pair.fixture.ts';
import { SimulatedEndpoint } from './testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from './testing/simulated-network.fixture.ts';

const hmacSha1: HmacFunction = (key, data) => new Uint8Array(createHmac('sha1', key).update(data).digest());
const pool = ['10.0.0.1', '10.0.1.1', '10.0.2.1', '10.0.3.1'];

/** Runs an exchange while one end moves between networks; how it ended. */
describe('an endpoint that moves between networks while messages go both ways', () => {
  it.each([1, 4, 7, 8, 11, 13, 15, 36, 48, 73])(
    'keeps its association and every message, seed %d',
    (seed) => {
      const random = seededRandom(seed * 104_729);
      const below = (limit: number): number => random() % limit;
      const network = new SimulatedNetwork(seed, { delayMs: 1 + below(50) });
      const options = { hmacSha1 };
      const parameters = { associationMaxRetrans: 1000, heartbeatIntervalMs: 500 + below(5000) };
      const mobile = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed, options, parameters });
      const fixed = new SimulatedEndpoint(network, {
        addresses: ['10.0.0.2', '10.0.1.2'].slice(0, 1 + below(2)),
        port: 7000,
        seed: seed + 1000,
        options,
        parameters,
      });
      const association = mobile.associate(fixed);
      network.run(2000);
      Object.assign(network.faults, {
        loss: below(20) / 100,
        duplication: below(10) / 100,
        reordering: below(30) / 100,
        reorderingMs: below(100),
      });
      const sent: number[] = [];
      const sentBack: number[] = [];
      let current = ['10.0.0.1'];
      for (let turn = 0; turn < 30; turn++) {
        for (let count = below(8); count > 0; count--) {
          sent.push(sent.length);
          mobile.send(association, numberedMessage(sent.length - 1, 4 + below(2500)));
        }
        for (let count = below(8); count > 0; count--) {
          sentBack.push(sentBack.length);
          fixed.send(fixed.association ?? 0, numberedMessage(sentBack.length - 1, 4 + below(2500)));
        }
        if (below(3) === 0) {
          const chosen = pool.filter(() => below(2) === 0);
          const next = chosen.length > 0 ? chosen : [pool[below(4)] as string];
          for (const address of next) network.attach(parseIpAddress(address), mobile);
          // Some networks are left before the others are told, some a while after.
          if (below(2) === 0) {
            for (const address of current)
              if (!next.includes(address)) network.detach(parseIpAddress(address));
          }
          mobile.handle({ type: 'localAddresses', addresses: next.map(parseIpAddress) });
          current = next;
        }
        network.run(below(4000));
      }
      network.runUntil(
        () => fixed.messages.length >= sent.length && mobile.messages.length >= sentBack.length,
        3_600_000,
      );
      expect([deliveredOn(fixed).length, deliveredOn(mobile).length]).toEqual([sent.length, sentBack.length]);
      expect(deliveredOn(fixed)).toEqual(sent);
      expect(deliveredOn(mobile)).toEqual(sentBack);
      const lost = [...mobile.events, ...fixed.events].filter(({ type }) => type === 'associationLost');
      expect(lost).toEqual([]);
    },
  );
});

describe('addresses that change while an association is set up', () => {
  it.each([
    { who: 'the server', moves: 'fixed' as const },
    { who: 'the client', moves: 'mobile' as const },
  ])('are told to the peer when it is up, and not used before: $who', ({ moves }) => {
    const network = new SimulatedNetwork(1, { delayMs: 10 });
    const options = { hmacSha1 };
    const mobile = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], options });
    const fixed = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], port: 7000, seed: 2, options });
    const association = mobile.associate(fixed);
    // INIT ACK is under way.
    network.run(15);
    const mover = moves === 'fixed' ? fixed : mobile;
    const peer = moves === 'fixed' ? mobile : fixed;
    const other = moves === 'fixed' ? '10.0.1.2' : '10.0.1.1';
    network.attach(parseIpAddress(other), mover);
    const addresses = [...mover.addresses, other].map(parseIpAddress);
    mover.handle({ type: 'localAddresses', addresses });
    network.run(1000);
    const told = peer.events.find(({ type }) => type === 'remoteAddresses');
    expect(told).toMatchObject({ addresses });
    mobile.send(association, numberedMessage(1, 3000));
    fixed.send(fixed.association ?? 0, numberedMessage(2, 3000));
    network.run(1000);
    expect([deliveredOn(fixed), deliveredOn(mobile)]).toEqual([[1], [2]]);
  });
});
