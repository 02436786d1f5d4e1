import { createHmac } from 'node:crypto';
import { formatIpAddress, parseIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import type { SctpEndpointOptions } from '../sctp-endpoint-options.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { verificationTagOf } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';

const hmacSha1 = (key: Uint8Array, data: Uint8Array) =>
  new Uint8Array(createHmac('sha1', key).update(data).digest());
const options: Partial<SctpEndpointOptions> = { hmacSha1 };

function pair(clientAddresses: readonly string[], serverAddresses: readonly string[], seed = 1) {
  const network = new SimulatedNetwork(seed);
  const client = new SimulatedEndpoint(network, { addresses: clientAddresses, seed, options });
  const server = new SimulatedEndpoint(network, { addresses: serverAddresses, seed: seed + 1, options });
  client.keepsPackets = true;
  server.keepsPackets = true;
  const association = client.associate(server);
  network.run(100);
  return { network, client, server, association };
}

function setAddresses(
  network: SimulatedNetwork,
  endpoint: SimulatedEndpoint,
  addresses: readonly string[],
): void {
  for (const address of addresses) network.attach(parseIpAddress(address), endpoint);
  endpoint.handle({ type: 'localAddresses', addresses: addresses.map(parseIpAddress) });
}

function remoteAddresses(endpoint: SimulatedEndpoint): string[][] {
  return endpoint.events.flatMap((event) =>
    event.type === 'remoteAddresses' ? [event.addresses.map(formatIpAddress)] : [],
  );
}

const first = ({ bytes }: { bytes: Uint8Array }) => bytes[12];

/** Sends so many messages, one every 10 ms; all of them have to arrive. */
function carry(
  network: SimulatedNetwork,
  from: SimulatedEndpoint,
  to: SimulatedEndpoint,
  association: number,
  count: number,
  limitMs = 60_000,
): void {
  const before = to.messages.length;
  for (let sent = 0; sent < count; sent++) {
    from.send(association, new Uint8Array([sent]));
    network.run(10);
  }
  expect(network.runUntil(() => to.messages.length === before + count, limitMs)).toBe(true);
  expect(to.messages.slice(before).map(({ data }) => data[0])).toEqual(
    Array.from({ length: count }, (_, index) => index),
  );
}

describe('RFC 5061: addresses are added and removed while data flows', () => {
  test('one more address becomes one more path at the peer, which confirms it before it is used', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
    network.run(100);
    expect(remoteAddresses(server)).toEqual([['10.0.0.1', '10.0.1.1']]);
    expect(server.statesOf('10.0.1.1')).toEqual(['active']);
    carry(network, client, server, association, 20);
    // It carries data when the other one is cut.
    network.cut('10.0.0.1');
    carry(network, server, client, server.association ?? 0, 20);
  });

  test('an address that is given up is forgotten, and no message is lost', () => {
    const { network, client, server, association } = pair(['10.0.0.1', '10.0.1.1'], ['10.0.0.2', '10.0.1.2']);
    server.send(server.association ?? 0, new Uint8Array([77]));
    setAddresses(network, client, ['10.0.1.1']);
    network.detach(parseIpAddress('10.0.0.1'));
    network.run(3000);
    expect(remoteAddresses(server)).toEqual([['10.0.1.1']]);
    expect(client.messages.map(({ data }) => data[0])).toEqual([77]);
    carry(network, client, server, association, 20);
    carry(network, server, client, server.association ?? 0, 20);
    server.sent.splice(0);
    network.run(200_000);
    expect(server.sent.every(({ destination }) => formatIpAddress(destination) === '10.0.1.1')).toBe(true);
  });

  test('a host with one address moves to another network: the session goes on (section 5.3.2)', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
    carry(network, client, server, association, 10);
    network.detach(parseIpAddress('10.0.0.1'));
    setAddresses(network, client, ['10.7.0.1']);
    carry(network, client, server, association, 50, 10_000);
    carry(network, server, client, server.association ?? 0, 50, 10_000);
    expect(remoteAddresses(server)).toEqual([['10.7.0.1']]);
    expect(client.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
    expect(server.events.filter(({ type }) => type === 'associationLost')).toEqual([]);
  });

  test('what was under way when it moved is sent again as soon as the peer knows the new address', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
    carry(network, client, server, association, 10);
    network.detach(parseIpAddress('10.0.0.1'));
    network.cut('10.0.0.1');
    for (let number = 0; number < 10; number++) client.send(association, new Uint8Array([number]));
    server.send(server.association ?? 0, new Uint8Array([99]));
    network.run(200);
    setAddresses(network, client, ['10.7.0.1']);
    network.run(50);
    expect(server.messages.slice(10).map(({ data }) => data[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(client.messages.map(({ data }) => data[0])).toEqual([99]);
  });

  test('while the peer does not know it yet, nothing but ASCONF is sent, and nothing spins', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
    server.send(server.association ?? 0, new Uint8Array([1]));
    network.run(6);
    client.send(association, new Uint8Array([2]));
    network.cut('10.0.0.2');
    client.sent.splice(0);
    setAddresses(network, client, ['10.7.0.1']);
    client.send(association, new Uint8Array([3]));
    network.run(3500);
    expect(client.sent.map(first)).toEqual([ChunkType.auth, ChunkType.auth, ChunkType.auth]);
    network.mend('10.0.0.2');
    expect(network.runUntil(() => server.messages.length === 2, 10_000)).toBe(true);
  });

  test('also when every third packet is lost, and back again', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2', '10.0.1.2'], 5);
    network.faults.loss = 0.3;
    for (const address of ['10.7.0.1', '10.8.0.1', '10.0.0.1', '10.9.0.1']) {
      for (const old of ['10.7.0.1', '10.8.0.1', '10.0.0.1', '10.9.0.1']) network.detach(parseIpAddress(old));
      setAddresses(network, client, [address]);
      expect(network.runUntil(() => remoteAddresses(server).at(-1)?.join() === address, 120_000)).toBe(true);
    }
    network.faults.loss = 0;
    network.run(60_000);
    carry(network, client, server, association, 20);
    carry(network, server, client, server.association ?? 0, 20);
  });

  test('changes that follow one another are asked for one after the other (section 5.1.1 C1)', () => {
    const { network, client, server } = pair(['10.0.0.1'], ['10.0.0.2']);
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1', '10.0.2.1']);
    setAddresses(network, client, ['10.0.0.1', '10.0.2.1']);
    expect(client.sent.filter((packet) => first(packet) === ChunkType.auth).length).toBe(1);
    network.run(1000);
    expect(remoteAddresses(server).at(-1)).toEqual(['10.0.0.1', '10.0.2.1']);
  });

  test('the preferred address becomes the primary one of the peer (section 5.4)', () => {
    const { network, client, server } = pair(['10.0.0.1'], ['10.0.0.2']);
    setAddresses(network, client, ['10.0.1.1', '10.0.0.1']);
    network.run(100);
    expect(server.events.findLast(({ type }) => type === 'pathChanged')).toMatchObject({
      address: new Uint8Array([10, 0, 1, 1]),
      state: 'active',
      primary: true,
    });
  });

  test('a lost ASCONF ACK: the same ASCONF comes again and gets the same answer (section 5.2 E2)', () => {
    const { network, client, server } = pair(['10.0.0.1'], ['10.0.0.2']);
    let lost = 0;
    network.filter = (packet) => {
      const isAnswer = packet.source[3] === 2 && first(packet) === ChunkType.auth;
      return !(isAnswer && lost++ < 2);
    };
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
    network.run(10_000);
    const asked = client.sent.filter((packet) => first(packet) === ChunkType.auth);
    expect(asked.length).toBe(3);
    expect(asked[1]?.bytes.subarray(12)).toEqual(asked[0]?.bytes.subarray(12));
    const answers = server.sent.filter((packet) => first(packet) === ChunkType.auth);
    expect(answers[2]?.bytes).toEqual(answers[0]?.bytes);
    expect(remoteAddresses(server)).toEqual([['10.0.0.1', '10.0.1.1']]);
  });

  test('an ASCONF that is never answered ends the association like any other loss (section 5.1 B2)', () => {
    const { network, client } = pair(['10.0.0.1'], ['10.0.0.2']);
    network.cut('10.0.0.2');
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
    expect(network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 1_000_000)).toBe(true);
    expect(client.events.at(-1)).toMatchObject({ reason: 'unreachable' });
  });

  test('an address that another association has is refused, and the association stays', () => {
    const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
    const other = new SimulatedEndpoint(network, { addresses: ['10.0.1.1'], seed: 50, options });
    other.associate(server);
    network.run(100);
    client.handle({ type: 'localAddresses', addresses: ['10.0.0.1', '10.0.1.1'].map(parseIpAddress) });
    network.run(100);
    expect(remoteAddresses(server)).toEqual([]);
    carry(network, client, server, association, 5);
    carry(network, other, server, other.association ?? 0, 5);
  });
});

describe('RFC 4895: without authentication no address is changed', () => {
  test('a peer without AUTH is not asked, and paths from an address that is gone take another one', () => {
    const network = new SimulatedNetwork(1);
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1', '10.0.0.9'], seed: 1, options });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    client.keepsPackets = true;
    const association = client.associate(server);
    network.run(100);
    setAddresses(network, client, ['10.0.0.9']);
    network.run(1000);
    expect(client.sent.filter((packet) => first(packet) === ChunkType.auth)).toEqual([]);
    carry(network, client, server, association, 5);
    expect(client.sent.at(-1)?.source).toEqual(new Uint8Array([10, 0, 0, 9]));
  });

  test('ASCONF without AUTH, or behind a wrong one, is dropped', () => {
    for (const spoil of [
      (bytes: Uint8Array) => bytes.copyWithin(12, 12 + 40),
      (bytes: Uint8Array) => bytes.fill(7, 20, 24),
      (bytes: Uint8Array) => bytes.fill(9, bytes.length - 4),
    ]) {
      const { network, client, server, association } = pair(['10.0.0.1'], ['10.0.0.2']);
      let asked = 0;
      network.filter = (packet) => {
        if (packet.source[3] !== 1 || first(packet) !== ChunkType.auth) return true;
        asked += 1;
        const bytes = packet.bytes.slice();
        spoil(bytes);
        // The checksum is no secret.
        const forged = rewrite(bytes);
        server.receive({ ...packet, bytes: forged });
        return false;
      };
      setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
      network.run(500);
      expect(asked).toBe(1);
      expect(remoteAddresses(server)).toEqual([]);
      network.filter = undefined;
      network.run(2000);
      expect(remoteAddresses(server)).toEqual([['10.0.0.1', '10.0.1.1']]);
      carry(network, client, server, association, 5);
    }
  });

  test('an authentic ASCONF of an older association is not taken', () => {
    const { network, client, server } = pair(['10.0.0.1'], ['10.0.0.2']);
    setAddresses(network, client, ['10.0.0.1', '10.0.1.1']);
    network.run(100);
    const old = client.sent.find((packet) => first(packet) === ChunkType.auth);
    setAddresses(network, client, ['10.0.0.1']);
    network.run(100);
    expect(remoteAddresses(server).at(-1)).toEqual(['10.0.0.1']);
    if (old !== undefined) server.receive(old);
    expect(remoteAddresses(server).at(-1)).toEqual(['10.0.0.1']);
  });
});

function rewrite(bytes: Uint8Array): Uint8Array {
  const writer = new PacketWriter(bytes.length);
  writer.start(5000, 5000, verificationTagOf(bytes));
  writer.putBytes(bytes, 12);
  return writer.finish();
}
