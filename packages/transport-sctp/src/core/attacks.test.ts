import { parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { runScript } from './testing/scripted-peer.fixture.ts';
import {
  connectedPair,
  deliveredOn,
  makePair,
  numberedMessage,
  numberOf,
  upFrom,
} from './testing/sctp-pair.fixture.ts';
import { SimulatedEndpoint } from './testing/simulated-endpoint.fixture.ts';
import { ChunkType } from './wire/chunk-type.ts';
import { ChunkWalk } from './wire/chunk-walk.ts';
import { putDataChunk } from './wire/chunks/data.ts';
import { putInit } from './wire/chunks/init.ts';
import { PacketWriter } from './wire/packet-writer.ts';

/** A packet with an INIT, as somebody sends it who only wants to keep a server busy. */
function floodInit(number: number): Uint8Array {
  const writer = new PacketWriter(1232);
  writer.start(1024 + (number % 60_000), 7000, 0);
  putInit(writer, {
    initiateTag: number + 1,
    receiverWindow: 65_536,
    outboundStreams: 10,
    inboundStreams: 10,
    initialTsn: number,
    addresses: [parseIpAddress('192.0.2.1'), parseIpAddress('192.0.2.2')],
  });
  return writer.finish();
}

/** Gives an endpoint a packet from an address. */
function inject(endpoint: SimulatedEndpoint, bytes: Uint8Array, source: string): void {
  const [destination = ''] = endpoint.addresses;
  endpoint.handle({
    type: 'packet',
    bytes,
    source: parseIpAddress(source),
    destination: parseIpAddress(destination),
    encapsulationPort: 9899,
  });
}

describe('a flood of INITs', () => {
  it('leaves no state: no association, no timer, one answer for each that is not much longer', () => {
    const { server, network } = makePair();
    server.keepsPackets = true;
    for (let number = 0; number < 5000; number++)
      inject(server, floodInit(number), `198.51.100.${number % 250}`);
    expect(server.nextTimeout()).toBeUndefined();
    expect(server.events).toEqual([]);
    expect(server.sent.length).toBe(5000);
    // The cookie is what an answer is longer by: nobody gains much by a forged source.
    const longest = Math.max(...server.sent.map(({ bytes }) => bytes.length));
    expect(longest).toBeLessThan(4 * floodInit(0).length);
    network.run(1000);
  });

  it('does not keep others from setting up', () => {
    const { server, client, network } = makePair();
    for (let number = 0; number < 5000; number++)
      inject(server, floodInit(number), `198.51.100.${number % 250}`);
    client.associate(server);
    network.run(100);
    expect(client.events.map(({ type }) => type)).toEqual(['associationUp']);
  });
});

describe('cookies', () => {
  it('that were altered in any bit are refused', () => {
    const { network, client, server } = makePair();
    let cookie: Uint8Array | undefined;
    network.filter = ({ bytes }) => {
      if (bytes[12] !== ChunkType.cookieEcho) return true;
      cookie = bytes;
      return false;
    };
    client.associate(server);
    network.run(10);
    const echo = cookie ?? new Uint8Array(0);
    const walk = new ChunkWalk();
    walk.start(echo);
    walk.next();
    for (let bit = 0; bit < (walk.length - 4) * 8; bit++) {
      const writer = new PacketWriter(2000);
      writer.start(5000, 7000, new DataView(echo.buffer, echo.byteOffset).getUint32(4));
      writer.putBytes(echo, 12);
      const at = 16 + (bit >> 3);
      writer.bytes[at] = (writer.bytes[at] as number) ^ (1 << (bit & 7));
      inject(server, writer.finish(), '10.0.0.1');
    }
    expect(server.events).toEqual([]);
    expect(server.machine.statistics.invalidCookies).toBe((walk.length - 4) * 8);
    inject(server, echo, '10.0.0.1');
    expect(server.events.map(({ type }) => type)).toEqual(['associationUp']);
  });

  it('that are used again after the association ended do not bring it back', () => {
    const { network, client, server } = makePair();
    let cookie: Uint8Array | undefined;
    network.filter = ({ bytes }) => {
      if (bytes[12] === ChunkType.cookieEcho) cookie ??= bytes.slice();
      return true;
    };
    const association = client.associate(server);
    network.run(10);
    client.handle({ type: 'abort', association });
    network.run(10);
    expect(server.events.map(({ type }) => type)).toEqual(['associationUp', 'associationLost']);
    inject(server, cookie ?? new Uint8Array(0), '10.0.0.1');
    network.run(1000);
    expect(server.events.length).toBe(2);
    expect(server.nextTimeout()).toBeUndefined();
  });

  it('that come from an address that the INIT did not come from and does not name make nothing', () => {
    const { network, client, server } = makePair();
    let cookie: Uint8Array | undefined;
    network.filter = ({ bytes }) => {
      if (bytes[12] !== ChunkType.cookieEcho) return true;
      cookie = bytes;
      return false;
    };
    client.associate(server);
    network.run(10);
    inject(server, cookie ?? new Uint8Array(0), '198.51.100.66');
    expect(server.events).toEqual([]);
  });

  it('that expired are answered with how long ago (section 5.1.5)', () => {
    expect(
      runScript(`given validCookieLifeMs=1000
        < INIT
        > INIT-ACK
        wait 1001
        < COOKIE-ECHO
        > ERROR causes=3
        = nothing`),
    ).toBeUndefined();
  });
});

describe('packets with a wrong verification tag', () => {
  it.each([
    'ABORT',
    'DATA tsn=1',
    'DATA tsn=2 ssn=1',
    'SACK cum=1',
    'SHUTDOWN cum=1',
    'SHUTDOWN-ACK',
    'SHUTDOWN-COMPLETE',
    'ERROR causes=0003000800000000',
    'COOKIE-ACK',
    'HEARTBEAT',
    'INIT-ACK',
    'CHUNK type=193 hex=00000001000500080a000002',
    'CHUNK type=128 hex=00000001',
    'CHUNK type=15 hex=00000003',
    'CHUNK type=192 hex=000000ff',
    'CHUNK type=255',
  ])('change nothing: %s', (chunk) => {
    expect(
      runScript(`connected
        user send len=10
        > DATA tsn=1
        < ${chunk} | tag=wrong
        = nothing
        wait 500
        = nothing
        < SACK cum=1
        = acknowledged bytes=10
        < DATA tsn=1
        > SACK cum=1
        = message
        wait 60000
        = nothing`),
    ).toBeUndefined();
  });

  it.each(['ABORT t=1', 'SHUTDOWN-COMPLETE t=1'])(
    'nor with the T bit and a tag that was guessed: %s',
    (chunk) => {
      expect(
        runScript(`connected
        < ${chunk} | tag=wrong
        < DATA tsn=1
        > SACK cum=1
        = message`),
      ).toBeUndefined();
    },
  );

  it("an ABORT of a peer that lost everything is believed: the peer's own tag, T bit (section 8.5.1 B)", () => {
    expect(
      runScript(`connected
        < ABORT t=1 | tag=peer
        = associationLost reason=reset`),
    ).toBeUndefined();
  });

  it("nor do packets from an address that is not the peer's, even with the right tag", () => {
    expect(
      runScript(`established
        < DATA tsn=1 | from=198.51.100.7 at=1
        > ABORT t=1 | tag=endpoint to=198.51.100.7
        < ABORT | from=198.51.100.7 at=1
        < DATA tsn=1
        > SACK cum=1`),
    ).toBeUndefined();
  });
});

describe('a peer that plays with gaps, windows and fragments', () => {
  /** Sends chunks of a peer that is up, and tells what its receiver holds. */
  function established(): {
    readonly pair: ReturnType<typeof connectedPair>;
    put: (writes: (writer: PacketWriter) => void) => void;
    tsn: number;
  } {
    const pair = connectedPair({ serverParameters: { receiveWindowBytes: 20_000 } });
    const { client, server, network } = pair;
    let tag = 0;
    let tsn = 0;
    client.keepsPackets = true;
    client.send(pair.association, numberedMessage(1, 10));
    network.run(10);
    const [data] = client.sent.map(({ bytes }) => bytes).filter((bytes) => bytes[12] === 0);
    const view = new DataView((data ?? new Uint8Array(20)).buffer);
    tag = view.getUint32(4);
    tsn = view.getUint32(16);
    server.keepsPackets = true;
    const put = (writes: (writer: PacketWriter) => void): void => {
      const writer = new PacketWriter(65_532);
      writer.start(5000, 7000, tag);
      writes(writer);
      inject(server, writer.finish(), '10.0.0.1');
    };
    return { pair, put, tsn };
  }

  /** The window and the number of gap blocks in the last SACK. */
  function lastSack(server: SimulatedEndpoint): readonly [number, number] {
    const packet =
      server.sent.findLast(({ bytes }) => bytes[12] === ChunkType.sack)?.bytes ?? new Uint8Array(28);
    const view = new DataView(packet.buffer, packet.byteOffset);
    return [view.getUint32(20), view.getUint16(24)];
  }

  it('fills no more than the window with what has gaps, and nothing of it is delivered', () => {
    const { pair, put, tsn } = established();
    const { server } = pair;
    for (let number = 2; number < 2000; number += 2) {
      put((writer) =>
        putDataChunk(writer, 3, (tsn + number) >>> 0, 0, number, 0, new Uint8Array(100), 0, 100),
      );
    }
    const [window, blocks] = lastSack(server);
    expect(window).toBeLessThan(100);
    // 20000 bytes of window at 100 each: what came behind was not taken.
    expect(blocks).toBeLessThanOrEqual(200);
    expect(server.messages.length).toBe(1);
  });

  it('with one byte each, too: what a chunk costs besides its byte is counted, or the number of gaps is limited', () => {
    const { pair, put, tsn } = established();
    const { server } = pair;
    for (let number = 2; number < 60_000; number += 2) {
      put((writer) =>
        putDataChunk(writer, 3, (tsn + number) >>> 0, 0, number & 0xffff, 0, new Uint8Array(1), 0, 1),
      );
    }
    server.sent.length = 0;
    put((writer) => putDataChunk(writer, 3, (tsn + 2) >>> 0, 0, 2, 0, new Uint8Array(1), 0, 1));
    const [, blocks] = lastSack(server);
    expect(blocks).toBeGreaterThan(0);
    expect(blocks).toBeLessThan(2000);
  });

  it('never ends a message: it is aborted, or nothing more is taken than the longest message and the window', () => {
    const { pair, put, tsn } = established();
    const { server, network } = pair;
    let flags = 2;
    for (let number = 1; number < 3000; number++) {
      const bits = flags;
      put((writer) =>
        putDataChunk(writer, bits, (tsn + number) >>> 0, 0, 1, 0, new Uint8Array(1000), 0, 1000),
      );
      flags = 0;
    }
    network.run(1000);
    expect(server.messages.length).toBe(1);
    const [window] = lastSack(server);
    const aborted = server.events.at(-1)?.type === 'associationLost';
    expect(aborted || window < 1500).toBe(true);
  });

  it('begins thousands of messages: the window holds them', () => {
    const { pair, put, tsn } = established();
    const { server } = pair;
    for (let number = 1; number < 4000; number += 2) {
      put((writer) => putDataChunk(writer, 6, (tsn + number) >>> 0, 0, 0, 0, new Uint8Array(100), 0, 100));
    }
    expect(lastSack(server)[0]).toBeLessThan(100);
    expect(server.messages.length).toBe(1);
  });

  it('sends TSNs that are far ahead: they are not taken', () => {
    const { pair, put, tsn } = established();
    const { server } = pair;
    for (const ahead of [70_000, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 5]) {
      put((writer) => putDataChunk(writer, 3, (tsn + ahead) >>> 0, 0, 1, 0, new Uint8Array(10), 0, 10));
    }
    expect(lastSack(server)[1]).toBe(0);
    put((writer) => putDataChunk(writer, 3, (tsn + 1) >>> 0, 0, 1, 0, numberedMessage(2, 10), 0, 10));
    expect(deliveredOn(server)).toEqual([1, 2]);
  });
});

describe('corrupted packets', () => {
  it('are dropped and counted, never delivered, and everything arrives', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { network, client, server, association } = connectedPair({ seed });
      network.faults.corruption = 0.2;
      for (const number of upFrom(0, 200)) client.send(association, numberedMessage(number, 700));
      network.runUntil(() => server.messages.length >= 200, 600_000);
      expect([seed, deliveredOn(server)]).toEqual([seed, upFrom(0, 200)]);
      network.faults.corruption = 0;
      network.run(10_000);
      // A port that was spoiled is noticed before the checksum.
      const dropped = [client, server].reduce((sum, { machine: { statistics } }) => {
        return sum + statistics.checksumErrors + statistics.malformedPackets;
      }, 0);
      expect([seed, dropped]).toEqual([seed, network.counters.corrupted]);
      expect(dropped).toBeGreaterThan(10);
    }
  });

  it('or any other bytes: nothing is thrown, answered or kept', () => {
    const { server } = makePair();
    const random = seededRandom(3);
    server.keepsPackets = true;
    for (let count = 0; count < 3000; count++) {
      const bytes = Uint8Array.from({ length: random() % 100 }, () => random());
      bytes.set([0x13, 0x88, 0x1b, 0x58].slice(0, bytes.length));
      inject(server, bytes, '10.0.0.1');
    }
    expect([server.sent, server.events, server.nextTimeout()]).toEqual([[], [], undefined]);
  });
});

describe('a remote address', () => {
  it('cannot have more associations than it may, others still can', () => {
    const { network, server } = makePair();
    const narrow = new SimulatedEndpoint(network, {
      addresses: ['10.0.5.5'],
      port: 7000,
      options: { maximumAssociationsPerAddress: 3, maximumAssociations: 4 },
    });
    const clients = upFrom(0, 6).map(
      (index) =>
        new SimulatedEndpoint(network, { addresses: ['10.0.0.9'], port: 6000 + index, seed: index + 50 }),
    );
    // All have one address: the network knows the last one, packets are handed over by port.
    for (const client of clients) {
      network.attach(parseIpAddress('10.0.0.9'), client);
      client.associate(narrow);
      network.run(100);
    }
    expect(narrow.events.filter(({ type }) => type === 'associationUp').length).toBe(3);
    const other = new SimulatedEndpoint(network, { addresses: ['10.0.0.10'], seed: 99 });
    other.associate(narrow);
    network.run(100);
    expect(narrow.events.filter(({ type }) => type === 'associationUp').length).toBe(4);
    expect(server.events).toEqual([]);
    const refused = clients.at(-1)?.events.at(-1);
    expect(refused).toMatchObject({ type: 'associationLost' });
  });
});

describe('what arrives', () => {
  it('is what was sent, whatever the network does to packets', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { network, client, server, association, serverAssociation } = connectedPair({
        seed,
        addresses: seed % 2 === 0 ? 2 : 1,
        faults: { loss: 0.05, duplication: 0.05, reordering: 0.2, corruption: 0.05, delayMs: 4 },
      });
      for (const number of upFrom(0, 150))
        client.send(association, numberedMessage(number, 1 + ((number * 37) % 3000)));
      for (const number of upFrom(0, 50)) server.send(serverAssociation, numberedMessage(number, 200));
      network.runUntil(() => server.messages.length >= 150 && client.messages.length >= 50, 900_000);
      network.run(10_000);
      expect([seed, server.messages.map(({ data }) => numberOf(data))]).toEqual([seed, upFrom(0, 150)]);
      expect([seed, client.messages.map(({ data }) => numberOf(data))]).toEqual([seed, upFrom(0, 50)]);
    }
  });
});
