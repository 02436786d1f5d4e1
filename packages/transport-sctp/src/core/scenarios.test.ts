import { describe, expect, it } from 'vitest';
import {
  connectedPair,
  deliveredOn,
  makePair,
  numberedMessage,
  upFrom,
} from './testing/sctp-pair.fixture.ts';
import type { PacketOutput } from './sctp-output.ts';
import type { SctpPair } from './testing/sctp-pair.fixture.ts';
import { SimulatedEndpoint } from './testing/simulated-endpoint.fixture.ts';
import { ChunkWalk } from './wire/chunk-walk.ts';
import { ChunkType } from './wire/chunk-type.ts';

/** Whether a packet has a chunk of a type. */
function has(packet: PacketOutput, type: number): boolean {
  const walk = new ChunkWalk();
  walk.start(packet.bytes);
  while (walk.next()) if (walk.type === type) return true;
  return false;
}

/** Loses the first packets with a chunk of this type. */
function loseFirst({ network }: SctpPair, type: number, count: number): void {
  let left = count;
  network.filter = (packet) => !(has(packet, type) && left-- > 0);
}

/** The types of what an application was told. */
function told(endpoint: SimulatedEndpoint): readonly string[] {
  return endpoint.events.map((event) =>
    event.type === 'associationLost' ? `lost: ${event.reason}` : event.type,
  );
}

describe('setting up', () => {
  it.each([
    { name: 'INIT', type: ChunkType.init },
    { name: 'INIT ACK', type: ChunkType.initAck },
    { name: 'COOKIE ECHO', type: ChunkType.cookieEcho },
    { name: 'COOKIE ACK', type: ChunkType.cookieAck },
  ])('goes on when two of the $name chunks are lost', ({ type }) => {
    const pair = makePair();
    loseFirst(pair, type, 2);
    pair.client.associate(pair.server);
    pair.network.run(10_000);
    expect([told(pair.client), told(pair.server)]).toEqual([['associationUp'], ['associationUp']]);
  });

  it('gives up with one event when nobody answers, after Max.Init.Retransmits and with ever longer waits', () => {
    const pair = makePair({ parameters: { maxInitRetransmits: 3 } });
    pair.client.keepsPackets = true;
    pair.network.cut('10.0.0.2');
    const times: number[] = [];
    pair.network.filter = () => times.push(pair.network.now) > 0;
    pair.client.associate(pair.server);
    pair.network.run(60_000);
    expect(times).toEqual([0, 1000, 3000, 7000]);
    expect(told(pair.client)).toEqual(['lost: setup-timeout']);
    expect(pair.client.nextTimeout()).toBeUndefined();
  });

  it('is refused where nobody listens', () => {
    const { network, client } = makePair();
    const deaf = new SimulatedEndpoint(network, {
      addresses: ['10.0.0.3'],
      port: 7000,
      options: { listen: false },
    });
    client.associate(deaf);
    network.run(10);
    expect([told(client), told(deaf)]).toEqual([['lost: refused'], []]);
  });

  it('makes one association when both sides begin at once', () => {
    for (const delayMs of [0, 1, 50]) {
      const { network, client, server } = makePair({ faults: { delayMs } });
      client.associate(server);
      server.associate(client);
      network.run(20_000);
      const upOf = (endpoint: SimulatedEndpoint): number =>
        told(endpoint).filter((name) => name === 'associationUp').length;
      expect([delayMs, upOf(client), upOf(server)]).toEqual([delayMs, 1, 1]);
      client.send(client.association ?? 0, numberedMessage(1, 100));
      server.send(server.association ?? 0, numberedMessage(2, 100));
      network.run(5000);
      expect([deliveredOn(server), deliveredOn(client)]).toEqual([[1], [2]]);
      expect(
        told(client)
          .concat(told(server))
          .filter((name) => name.startsWith('lost')),
      ).toEqual([]);
    }
  });

  it('makes one association when both begin at once and packets are lost', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { network, client, server } = makePair({ seed, faults: { loss: 0.3, delayMs: 20 } });
      client.associate(server);
      server.associate(client);
      network.run(60_000);
      network.faults.loss = 0;
      client.send(client.association ?? 0, numberedMessage(1, 100));
      server.send(server.association ?? 0, numberedMessage(2, 100));
      network.run(60_000);
      expect([seed, deliveredOn(server).includes(1), deliveredOn(client).includes(2)]).toEqual([
        seed,
        true,
        true,
      ]);
    }
  });
});

describe('an association whose peer begins anew', () => {
  it('is restarted: the old messages fail, new ones arrive (section 5.2.4 A)', () => {
    const { network, client, server, serverAssociation } = connectedPair();
    // What the client does not get is what fails.
    network.cut('10.0.0.1');
    server.send(serverAssociation, numberedMessage(1, 100));
    network.run(10);
    network.mend('10.0.0.1');
    const reborn = rebornFrom(network, client);
    const association = reborn.associate(server);
    network.run(3000);
    expect(told(reborn)).toEqual(['associationUp']);
    expect(told(server)).toEqual(['associationUp', 'sendFailed', 'associationRestarted']);
    reborn.send(association, numberedMessage(2, 100));
    server.send(serverAssociation, numberedMessage(3, 100));
    network.run(3000);
    expect([deliveredOn(server), deliveredOn(reborn)]).toEqual([[2], [3]]);
  });

  it('is sent new messages although the congestion window was full with old ones', () => {
    const { network, client, server, serverAssociation } = connectedPair();
    network.cut('10.0.0.1');
    for (const number of upFrom(0, 50)) server.send(serverAssociation, numberedMessage(number, 1000));
    network.run(10);
    network.mend('10.0.0.1');
    const reborn = rebornFrom(network, client);
    reborn.associate(server);
    network.run(3000);
    for (const number of upFrom(100, 5)) server.send(serverAssociation, numberedMessage(number, 100));
    network.run(3000);
    expect(deliveredOn(reborn)).toEqual(upFrom(100, 5));
  });

  it('is not restarted from an address that it does not have (section 5.2.2)', () => {
    const { network, client, server } = connectedPair();
    const before = told(server);
    const intruder = rebornFrom(network, client, ['10.0.0.1', '10.0.9.9']);
    intruder.associate(server);
    network.run(30_000);
    expect(told(intruder)).toEqual(['lost: refused']);
    expect(told(server)).toEqual(before);
  });
});

describe('shutting down', () => {
  it('delivers everything that was sent before', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { network, client, server, association } = connectedPair({
        seed,
        faults: { loss: 0.2, delayMs: 10 },
      });
      for (const number of upFrom(0, 50)) client.send(association, numberedMessage(number, 500));
      client.handle({ type: 'shutdown', association });
      network.runUntil(() => told(client).length > 1 && told(server).length > 1, 300_000);
      expect([seed, deliveredOn(server)]).toEqual([seed, upFrom(0, 50)]);
      expect(told(client).at(-1)).toBe('lost: closed');
      expect(told(server).at(-1)).toBe('lost: closed-by-peer');
      network.run(100_000);
      expect([client.nextTimeout(), server.nextTimeout()]).toEqual([undefined, undefined]);
    }
  });

  it('ends when both sides begin at once (section 9.2)', () => {
    const { network, client, server, association, serverAssociation } = connectedPair();
    client.handle({ type: 'shutdown', association });
    server.handle({ type: 'shutdown', association: serverAssociation });
    network.run(5000);
    expect([told(client), told(server)]).toEqual([
      ['associationUp', 'lost: closed'],
      ['associationUp', 'lost: closed'],
    ]);
  });

  it.each([
    { name: 'SHUTDOWN', type: ChunkType.shutdown },
    { name: 'SHUTDOWN ACK', type: ChunkType.shutdownAck },
    { name: 'SHUTDOWN COMPLETE', type: ChunkType.shutdownComplete },
  ])('goes on when two of the $name chunks are lost', ({ type }) => {
    const pair = connectedPair();
    loseFirst(pair, type, 2);
    pair.client.handle({ type: 'shutdown', association: pair.association });
    pair.network.run(30_000);
    expect([told(pair.client).at(-1), told(pair.server).at(-1)]).toEqual([
      'lost: closed',
      'lost: closed-by-peer',
    ]);
  });

  it('aborts at once, and tells the peer why', () => {
    const { network, client, server, association } = connectedPair();
    client.handle({ type: 'abort', association, reason: Uint8Array.of(98, 121, 101) });
    network.run(10);
    expect(told(client)).toEqual(['associationUp']);
    expect(server.events.at(-1)).toMatchObject({
      type: 'associationLost',
      reason: 'aborted',
      detail: expect.stringContaining('bye'),
    });
  });
});

describe('a peer that is gone', () => {
  it('is noticed by heartbeats while nothing is sent', () => {
    const { network, client } = connectedPair({
      parameters: { heartbeatIntervalMs: 1000, pathMaxRetrans: 2, associationMaxRetrans: 3 },
    });
    network.cut('10.0.0.2');
    const gone = network.runUntil(() => told(client).includes('lost: unreachable'), 60_000);
    expect(gone).toBe(true);
    expect(client.statesOf('10.0.0.2').at(-1)).toBe('inactive');
  });

  it('is noticed within maximumSilenceMs', () => {
    const { network, client } = connectedPair({
      parameters: { heartbeatIntervalMs: 1000, maximumSilenceMs: 3000 },
    });
    network.run(10_000);
    expect(told(client)).toEqual(['associationUp']);
    network.cut('10.0.0.2');
    const before = network.now;
    network.runUntil(() => told(client).includes('lost: heartbeat'), 60_000);
    // The last sign of life may have come right before the cut, or a moment before the first of its silence.
    expect(network.now - before).toBeLessThanOrEqual(3000);
    expect(told(client).at(-1)).toBe('lost: heartbeat');
  });

  it('is noticed on every path, with an event for each', () => {
    const { network, client } = connectedPair({
      addresses: 2,
      parameters: { heartbeatIntervalMs: 1000, pathMaxRetrans: 2, associationMaxRetrans: 8 },
    });
    network.cut('10.0.0.2');
    network.cut('10.0.1.2');
    expect(network.runUntil(() => told(client).includes('lost: unreachable'), 600_000)).toBe(true);
    expect(client.statesOf('10.0.0.2').at(-1)).toBe('inactive');
    expect(client.statesOf('10.0.1.2').at(-1)).toBe('inactive');
  });
});

/** A second client at the addresses of the first one (or others), as if its host had begun anew. */
function rebornFrom(
  network: SctpPair['network'],
  client: SimulatedEndpoint,
  addresses: readonly string[] = client.addresses,
): SimulatedEndpoint {
  return new SimulatedEndpoint(network, { addresses, seed: 77 });
}
