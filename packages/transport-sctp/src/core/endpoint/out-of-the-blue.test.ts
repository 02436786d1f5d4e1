import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import type { PacketInput } from '../sctp-input.ts';
import type { PacketOutput } from '../sctp-output.ts';
import { runScript } from '../testing/scripted-peer.fixture.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { verificationTagOf } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';

describe('RFC 9260 section 8.4: packets out of the blue', () => {
  test.each([
    ['DATA tsn=1', '> ABORT t=1 | tag=77'],
    ['SACK cum=1', '> ABORT t=1 | tag=77'],
    ['HEARTBEAT', '> ABORT t=1 | tag=77'],
    ['INIT-ACK', '> ABORT t=1 | tag=77'],
    ['SHUTDOWN cum=1', '> ABORT t=1 | tag=77'],
    ['ERROR causes=000d0004', '> ABORT t=1 | tag=77'],
    ['SHUTDOWN-ACK', '> SHUTDOWN-COMPLETE t=1 | tag=77'],
    ['ABORT', '> nothing'],
    ['DATA tsn=1; ABORT', '> nothing'],
    ['SHUTDOWN-COMPLETE', '> nothing'],
    ['COOKIE-ACK', '> nothing'],
    ['ERROR causes=0003000800000000', '> nothing'],
    ['COOKIE-ECHO cookie=00112233', '> nothing'],
  ])('%s is answered with %s', (chunks, answer) => {
    expect(runScript(`< ${chunks} | tag=77\n${answer}`)).toBeUndefined();
  });

  test('with the tag 0, a wrong checksum, or from a group address nothing is answered', () => {
    const script = `
      < DATA tsn=1 | tag=zero
      < DATA tsn=1 | tag=77 checksum=wrong
      < DATA tsn=1 | tag=77 from=224.0.0.1
      < DATA tsn=1 | tag=77 sourcePort=0
      > nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('where nobody listens INIT is answered with ABORT and its own tag', () => {
    const network = new SimulatedNetwork(1);
    const closed = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], options: { listen: false } });
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 2 });
    client.associate(closed);
    network.run(10);
    expect(client.events).toMatchObject([{ type: 'associationLost', reason: 'refused' }]);
  });
});

describe('RFC 9260 section 8.5: the verification tag', () => {
  test('blind ABORT, DATA, SACK and SHUTDOWN without the tag change nothing', () => {
    const script = `
      established
      user send len=10
      > DATA tsn=1
      < ABORT | tag=wrong
      < ABORT t=1 | tag=wrong
      < ABORT | tag=peer
      < ABORT t=1 | tag=endpoint
      < DATA tsn=1 | tag=wrong
      < SACK cum=1 | tag=wrong
      < SHUTDOWN cum=1 | tag=wrong
      < SHUTDOWN-COMPLETE t=1 | tag=wrong
      < SHUTDOWN-ACK | tag=wrong
      > nothing
      = nothing
      < SACK cum=1
      = acknowledged`;
    expect(runScript(script.replace('established', quietly))).toBeUndefined();
  });

  test('ABORT and SHUTDOWN COMPLETE with the T bit carry the peer’s tag', () => {
    const abort = `
      established
      < ABORT t=1 | tag=peer
      = associationLost reason=reset`;
    expect(runScript(abort)).toBeUndefined();
    const complete = `
      established
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK
      < SHUTDOWN-COMPLETE t=1 | tag=peer
      = associationLost reason=closed-by-peer`;
    expect(runScript(complete)).toBeUndefined();
  });

  test('SHUTDOWN ACK before the association is up belongs to an older one (section 8.5.1 E)', () => {
    const script = `
      user associate
      > INIT
      < SHUTDOWN-ACK | tag=4711
      > SHUTDOWN-COMPLETE t=1 | tag=4711
      < INIT-ACK
      > COOKIE-ECHO
      < SHUTDOWN-ACK | tag=4711
      > SHUTDOWN-COMPLETE t=1 | tag=4711
      < COOKIE-ACK
      = associationUp`;
    expect(runScript(script)).toBeUndefined();
  });

  test('a packet with the right tag from an address that is none of the peer’s is out of the blue', () => {
    const script = `
      established
      < DATA tsn=1 | from=10.9.9.9
      > ABORT t=1 | tag=endpoint to=10.9.9.9
      < DATA tsn=1
      > SACK cum=1`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('INIT floods', () => {
  test('leave no state, and each INIT costs at most one packet', () => {
    const network = new SimulatedNetwork(1);
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'] });
    server.keepsPackets = true;
    for (let number = 0; number < 5000; number++) server.handle(initFrom(number, 1 + number));
    expect(server.sent.length).toBe(5000);
    expect(server.machine.statistics.initsAnswered).toBe(5000);
    expect(server.machine.nextTimeout()).toBeUndefined();
    expect(server.events).toEqual([]);
  });

  test('more associations than allowed are refused with Out of Resource, also those with one address', () => {
    const network = new SimulatedNetwork(1);
    const options = { maximumAssociations: 3, maximumAssociationsPerAddress: 2 };
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], options });
    const clients = ['10.0.0.3', '10.0.0.4'].flatMap((address) =>
      [6001, 6002, 6003].map((port) => {
        const client = new SimulatedEndpoint(network, { addresses: [address], port, seed: port });
        client.associate(server);
        network.run(10);
        network.detach(parseIpAddress(address));
        return client.events[0];
      }),
    );
    expect(clients.map((event) => event?.type)).toEqual([
      'associationUp',
      'associationUp',
      'associationLost',
      'associationUp',
      'associationLost',
      'associationLost',
    ]);
    expect(clients[2]).toMatchObject({ reason: 'refused', detail: 'error cause 4' });
    expect(server.machine.statistics.refusedForResources).toBe(3);
  });
});

describe('one packet with a thousand questions', () => {
  test('is not answered by more than so many chunks', () => {
    const { network, client, server, association } = two();
    client.send(association, new Uint8Array([1]));
    network.run(500);
    const data = client.sent.at(-1);
    const tag = data === undefined ? 0 : verificationTagOf(data.bytes);
    const writer = new PacketWriter(4000);
    writer.start(5000, 5000, tag);
    for (let count = 0; count < 400; count++) {
      const chunk = writer.beginChunk(ChunkType.heartbeat, 0);
      writer.put32(0x0001_0004);
      writer.endChunk(chunk);
    }
    server.sent.splice(0);
    server.receive({
      type: 'packet',
      bytes: writer.finish(),
      source: parseIpAddress('10.0.0.1'),
      destination: parseIpAddress('10.0.0.2'),
      encapsulationPort: 9899,
    });
    expect(server.sent.length).toBe(1);
    expect(server.sent[0]?.bytes.length).toBe(12 + 64 * 8);
    expect(server.machine.statistics.droppedControlChunks).toBe(336);
  });
});

describe('RFC 6951 section 5.4: the peer’s UDP port', () => {
  function connected() {
    const network = new SimulatedNetwork(1);
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1 });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    client.keepsPackets = true;
    server.keepsPackets = true;
    // An address translator gives the client another port.
    let natPort = 40_000;
    const receive = server.receive.bind(server);
    server.receive = (packet: PacketOutput) => receive({ ...packet, encapsulationPort: natPort });
    const association = client.associate(server);
    network.run(100);
    const renumber = (port: number) => {
      natPort = port;
    };
    return { network, client, server, association, renumber };
  }

  test('is the one that INIT came from, and follows packets that verified', () => {
    const { network, client, server, association, renumber } = connected();
    expect(server.sent.map(({ encapsulationPort }) => encapsulationPort)).toEqual([40_000, 40_000]);
    renumber(40_001);
    client.send(association, new Uint8Array([1]));
    network.run(500);
    expect(server.sent.at(-1)?.encapsulationPort).toBe(40_001);
  });

  test('is not taken from packets that did not verify', () => {
    const { network, server } = connected();
    const blind = new PacketWriter(1200);
    blind.start(5000, 5000, 0x1234);
    blind.endChunk(blind.beginChunk(ChunkType.cookieAck, 0));
    const address = parseIpAddress('10.0.0.1');
    const input: PacketInput = {
      type: 'packet',
      bytes: blind.finish(),
      source: address,
      destination: parseIpAddress('10.0.0.2'),
      encapsulationPort: 666,
    };
    server.handle(input);
    server.send(server.association ?? 0, new Uint8Array([1]));
    network.run(10);
    expect(server.machine.statistics.wrongTagPackets).toBe(1);
    expect(server.sent.at(-1)?.encapsulationPort).toBe(40_000);
  });

  test('an INIT for an association that is up is refused from a new port, and answered from the known one', () => {
    const { network, client, server, renumber } = connected();
    const again = new SimulatedEndpoint(network, { addresses: client.addresses, seed: 77 });
    renumber(50_000);
    again.associate(server);
    network.run(10);
    expect(again.events).toMatchObject([
      { type: 'associationLost', reason: 'refused', detail: 'error cause 14' },
    ]);
    expect(server.sent.at(-1)?.encapsulationPort).toBe(50_000);
    renumber(40_000);
    again.associate(server);
    network.run(10);
    expect(server.events.at(-1)?.type).toBe('associationRestarted');
  });

  test('a packet without encapsulation switches it off', () => {
    const { network, client, server, association, renumber } = connected();
    renumber(0);
    client.send(association, new Uint8Array([1]));
    network.run(500);
    expect(server.sent.at(-1)?.encapsulationPort).toBe(0);
  });
});

function initFrom(number: number, tag: number): PacketInput {
  const writer = new PacketWriter(1200);
  writer.start(1024 + number, 5000, 0);
  const chunk = writer.beginChunk(ChunkType.init, 0);
  writer.put32(tag);
  writer.put32(65_536);
  writer.put16(1);
  writer.put16(1);
  writer.put32(tag);
  writer.endChunk(chunk);
  return {
    type: 'packet',
    bytes: writer.finish(),
    source: new Uint8Array([10, 1, number >> 8, number & 0xff]),
    destination: parseIpAddress('10.0.0.2'),
    encapsulationPort: 9899,
  };
}

/** Two endpoints with an association. */
function two() {
  const network = new SimulatedNetwork(1);
  const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1 });
  const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
  client.keepsPackets = true;
  server.keepsPackets = true;
  const association = client.associate(server);
  network.run(100);
  return { network, client, server, association };
}

const quietly = `< INIT
  > INIT-ACK
  < COOKIE-ECHO
  > COOKIE-ACK
  = associationUp`;
