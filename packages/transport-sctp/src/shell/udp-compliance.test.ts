import { createSocket } from 'node:dgram';
import { parseIpAddress, type RemoteEndpoint } from '@rserpool/wire';
import { hostAddresses, isLoopback } from '@rserpool/transport/internal';
import { describeTransportCompliance, type TransportFixture } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import type { EncapsulationPortMap, UdpPortRule } from '../index.ts';
import { openUdpRelay } from '../testing/udp-relay.fixture.ts';
import { createSctpTransport } from './sctp-transport.ts';

/** A UDP port that is bound, so that nobody refuses, where nobody ever answers. */
const silentPeer = (address: string): Promise<{ readonly remote: RemoteEndpoint; close(): void }> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.bind(0, address, () => {
      const { port } = socket.address();
      resolve({ remote: { addresses: [parseIpAddress(address)], port }, close: () => socket.close() });
    });
  });

/** A UDP port that the system has just found free. */
const freeUdpPort = async (): Promise<number> => {
  const peer = await silentPeer('127.0.0.1');
  peer.close();
  return peer.remote.port;
};

/** Endpoints at two addresses each, and a server behind a relay, which can die or fall silent. */
const fixture = async (texts: readonly string[], rule: UdpPortRule): Promise<TransportFixture> => {
  const addresses = texts.map((text) => parseIpAddress(text));
  const distant = createSctpTransport({ encapsulationPort: 'sctp-port', closeTimeoutMs: 100 });
  const others = await distant.bind({ addresses });
  const relay = await openUdpRelay(addresses, addresses, others.port);
  const silent = await silentPeer(texts[0] ?? '127.0.0.1');
  const encapsulationPort: EncapsulationPortMap = {
    local: rule,
    others: rule,
    remote: Object.fromEntries(
      texts.flatMap((text) => {
        const host = text.includes(':') ? `[${text}]` : text;
        return [
          [`${host}:${others.port}`, relay.port],
          [`${host}:${silent.remote.port}`, silent.remote.port],
        ];
      }),
    ),
  };
  const transport = createSctpTransport({ encapsulationPort });
  const options = { addresses };
  const remote = { addresses, port: others.port };
  return {
    client: transport,
    server: transport,
    clientOptions: { ...options, heartbeat: { intervalMs: 500, maximumMissed: 4 } },
    serverOptions: options,
    silentRemote: silent.remote,
    dyingPeer: async () => ({
      remote,
      fail: () => void relay.die(),
      reasons: ['heartbeat', 'unreachable', 'reset'],
    }),
    hangingPeer: async () => ({
      remote,
      fail: () => {
        relay.filter = () => false;
      },
    }),
    dispose: async () => {
      silent.close();
      await relay.close();
      await others.close();
    },
  };
};

describeTransportCompliance({
  name: 'SCTP over UDP, two IPv4 addresses, the UDP port is the SCTP port',
  describe,
  it,
  expect,
  create: () => fixture(['127.0.0.1', '127.0.0.2'], 'sctp-port'),
});

describeTransportCompliance({
  name: 'SCTP over UDP, two IPv4 addresses, one UDP port for all',
  describe,
  it,
  expect,
  create: async () => fixture(['127.0.0.1', '127.0.0.2'], await freeUdpPort()),
});

if (hostAddresses(16).some(isLoopback)) {
  describeTransportCompliance({
    name: 'SCTP over UDP, IPv4 and IPv6, the UDP port is the SCTP port',
    describe,
    it,
    expect,
    create: () => fixture(['127.0.0.1', '::1'], 'sctp-port'),
  });
}
