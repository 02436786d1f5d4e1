import { describe, expect, test } from 'vitest';
import type { SctpParameters } from '../sctp-input.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';

const clientAddresses = ['10.0.0.1', '10.0.1.1'];
const serverAddresses = ['10.0.0.2', '10.0.1.2'];

function pair(parameters: Partial<SctpParameters> = {}, seed = 1) {
  const network = new SimulatedNetwork(seed);
  const client = new SimulatedEndpoint(network, { addresses: clientAddresses, seed, parameters });
  const server = new SimulatedEndpoint(network, { addresses: serverAddresses, seed: seed + 1, parameters });
  const association = client.associate(server);
  network.run(100);
  return { network, client, server, association };
}

function numbered(number: number): Uint8Array {
  const data = new Uint8Array(100);
  new DataView(data.buffer).setUint32(0, number);
  return data;
}

describe('path failover with 2x2 addresses (RFC 9260 section 6.4, RFC 7829)', () => {
  test.each(['10.0.0.1', '10.0.0.2'])(
    'when %s is cut no message is lost, and data moves with the first timeout',
    (address) => {
      const { network, client, server, association } = pair();
      let sent = 0;
      const cutAt = network.now + 500;
      let firstAfterCut = 0;
      let count = 0;
      while (sent < 1000) {
        if (sent === 50) network.cut(address);
        client.send(association, numbered(sent++));
        network.run(10);
        if (network.now > cutAt + 10 && server.messages.length > count && firstAfterCut === 0) {
          firstAfterCut = network.now;
        }
        count = server.messages.length;
      }
      expect(network.runUntil(() => server.messages.length === 1000, 60_000)).toBe(true);
      expect(
        server.messages.map(({ data }) => new DataView(data.buffer, data.byteOffset).getUint32(0)),
      ).toEqual(Array.from({ length: 1000 }, (_, index) => index));
      expect(firstAfterCut - cutAt).toBeLessThan(1100);
      expect(client.statesOf('10.0.0.2')).toEqual(['potentially-failed']);
      expect(client.statesOf('10.0.1.2')).toEqual([]);
      expect(client.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
    },
  );

  test('a path that was cut is used again once it is mended', () => {
    const { network, client, server, association } = pair({ heartbeatIntervalMs: 1000 });
    network.cut('10.0.0.2');
    client.send(association, numbered(1));
    network.run(1500);
    expect(server.messages.length).toBe(1);
    expect(client.statesOf('10.0.0.2')).toEqual(['potentially-failed']);
    network.mend('10.0.0.2');
    expect(network.runUntil(() => client.statesOf('10.0.0.2').length === 2, 10_000)).toBe(true);
    expect(client.statesOf('10.0.0.2')).toEqual(['potentially-failed', 'active']);
    client.keepsPackets = true;
    client.send(association, numbered(2));
    expect(client.sent.at(-1)?.destination).toEqual(new Uint8Array([10, 0, 0, 2]));
  });

  test('an idle path that is cut becomes potentially failed, then inactive, by its heartbeats alone', () => {
    const { network, client } = pair({ heartbeatIntervalMs: 1000, rtoMaxMs: 2000 });
    network.cut('10.0.1.2');
    network.run(20_000);
    expect(client.statesOf('10.0.1.2')).toEqual(['potentially-failed', 'inactive']);
    expect(client.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
    network.mend('10.0.1.2');
    network.run(10_000);
    expect(client.statesOf('10.0.1.2')).toEqual(['potentially-failed', 'inactive', 'active']);
  });

  test('the primary path can be chosen, and data follows', () => {
    const { network, client, server, association } = pair();
    client.handle({
      type: 'setPrimary',
      association,
      address: new Uint8Array([10, 0, 1, 2]),
    });
    client.keepsPackets = true;
    client.send(association, numbered(1));
    network.run(10);
    expect(client.sent.at(-1)?.destination).toEqual(new Uint8Array([10, 0, 1, 2]));
    expect(client.sent.at(-1)?.source).toEqual(new Uint8Array([10, 0, 1, 1]));
    expect(server.messages.length).toBe(1);
    expect(client.events.slice(-2)).toMatchObject([
      { type: 'pathChanged', primary: false },
      { type: 'pathChanged', primary: true },
    ]);
  });

  test('Association.Max.Retrans timeouts in a row end it, and what was not acknowledged is told', () => {
    const { network, client, association } = pair({ associationMaxRetrans: 4, rtoMaxMs: 2000 });
    for (const address of serverAddresses) network.cut(address);
    client.send(association, numbered(7));
    expect(network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 60_000)).toBe(true);
    expect(client.events.slice(-2)).toMatchObject([
      { type: 'sendFailed', data: numbered(7) },
      { type: 'associationLost', reason: 'unreachable' },
    ]);
    expect(client.nextTimeout()).toBeUndefined();
  });

  test('an idle association is lost by the heartbeats of the path that data would take', () => {
    const parameters = {
      associationMaxRetrans: 4,
      rtoMaxMs: 2000,
      heartbeatIntervalMs: 1000,
      pathMaxRetrans: 2,
    };
    const { network, client, server } = pair(parameters);
    for (const address of serverAddresses) network.cut(address);
    expect(network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 120_000)).toBe(true);
    expect(network.runUntil(() => server.events.at(-1)?.type === 'associationLost', 120_000)).toBe(true);
  });

  test('an address that the network calls unreachable counts as one lost packet', () => {
    const { client } = pair();
    client.handle({ type: 'unreachable', address: new Uint8Array([10, 0, 0, 2]) });
    expect(client.statesOf('10.0.0.2')).toEqual(['potentially-failed']);
  });
});

describe('maximumSilenceMs: a peer that vanishes', () => {
  const parameters = { maximumSilenceMs: 2000, heartbeatIntervalMs: 30_000 };

  test('is noticed within the bound, with an event for each path', () => {
    const { network, client } = pair(parameters);
    network.run(10_000);
    for (const address of serverAddresses) network.cut(address);
    const cutAt = network.now;
    expect(network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 10_000)).toBe(true);
    expect(network.now - cutAt).toBeLessThanOrEqual(2000);
    expect(client.events.at(-1)).toMatchObject({ reason: 'heartbeat' });
    expect(client.statesOf('10.0.0.2').at(-1)).toBe('inactive');
    expect(client.statesOf('10.0.1.2').at(-1)).toBe('inactive');
  });

  test('a living peer is kept, by one path as well, and with every fifth packet lost', () => {
    const { network, client } = pair(parameters);
    network.cut('10.0.0.2');
    network.run(60_000);
    network.faults.loss = 0.2;
    network.run(60_000);
    expect(client.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
  });

  test('a peer that vanishes while the association is shut down is noticed within the bound, too', () => {
    const { network, client, association } = pair(parameters);
    for (const address of serverAddresses) network.cut(address);
    client.handle({ type: 'shutdown', association });
    const begin = network.now;
    expect(network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 10_000)).toBe(true);
    expect(network.now - begin).toBeLessThanOrEqual(2000);
  });

  test('a host that slept asks before it gives the peer up', () => {
    const { network, client } = pair(parameters);
    network.run(1000);
    // The clock goes on, nobody runs.
    network.now += 100_000;
    network.run(10_000);
    expect(client.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
  });

  test('a busy association asks for nothing', () => {
    const { network, client, server, association } = pair(parameters);
    client.keepsPackets = true;
    for (let round = 0; round < 100; round++) {
      client.send(association, numbered(round));
      network.run(100);
    }
    expect(server.messages.length).toBe(100);
    expect(client.sent.length).toBe(100);
  });
});
