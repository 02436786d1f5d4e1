import { formatIpAddress } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { textOfPacket } from '../testing/packet-text.fixture.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';

describe('associations that have something to send', () => {
  test('take turns packet by packet, however much one of them has', () => {
    const network = new SimulatedNetwork(1);
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 1 });
    const clients = ['10.0.0.3', '10.0.0.4', '10.0.0.5'].map((address, index) => {
      const client = new SimulatedEndpoint(network, { addresses: [address], seed: 10 + index });
      client.associate(server);
      return client;
    });
    network.run(100);
    // All messages of one turn are given to the machine before it is asked for packets.
    for (const [association, count] of [
      [1, 100],
      [2, 2],
      [3, 3],
    ] as const) {
      for (let sent = 0; sent < count; sent++) {
        server.machine.handle(
          {
            type: 'send',
            association,
            data: new Uint8Array(1000),
            payloadProtocolIdentifier: 0,
            stream: 0,
            unordered: false,
          },
          network.now,
        );
      }
    }
    server.keepsPackets = true;
    server.drain();
    const order = server.sent.map(({ destination }) => formatIpAddress(destination).at(-1)).join('');
    // The first one has a hundred, of which its congestion window lets four go.
    expect(order).toBe('345345353');
    expect(clients.every(({ association }) => association !== undefined)).toBe(true);
  });
});

describe('RFC 9260 section 5.1.2: supported address types', () => {
  const addressesOf = (clientAddresses: readonly string[], remote: string) => {
    const network = new SimulatedNetwork(1);
    const server = new SimulatedEndpoint(network, {
      addresses: ['10.0.0.2', '10.0.1.2', 'fd00::2'],
      seed: 1,
    });
    const client = new SimulatedEndpoint(network, { addresses: clientAddresses, seed: 2 });
    const listed: string[] = [];
    network.filter = ({ bytes }) => {
      for (const { name, fields } of textOfPacket(bytes, { sender: 0, receiver: 0 })) {
        if (name === 'INIT-ACK') listed.push(fields['addresses'] ?? '');
      }
      return true;
    };
    client.associate(server, [remote]);
    network.run(100);
    expect(client.association).toBeDefined();
    return listed;
  };

  test('a peer that only has one family is only told of addresses of that one', () => {
    expect(addressesOf(['10.0.0.1'], '10.0.0.2')).toEqual(['10.0.0.2,10.0.1.2']);
    expect(addressesOf(['fd00::1'], 'fd00::2')).toEqual(['fd00::2']);
    expect(addressesOf(['10.0.0.1', 'fd00::1'], 'fd00::2')).toEqual(['10.0.0.2,10.0.1.2,fd00::2']);
  });
});
