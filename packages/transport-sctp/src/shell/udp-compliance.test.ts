import { createSocket } from 'node:dgram';
import { formatIpAddress, parseIpAddress, type RemoteEndpoint } from '@rserpool/wire';
import type { Endpoint } from '@rserpool/transport';
import { hostAddresses, isLoopback } from '@rserpool/transport/internal';
import { describeTransportCompliance, type TransportFixture } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import type { EncapsulationPortMap, SctpParameters, UdpPortRule } from '../index.ts';
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

/** Fast enough for tests: a lost packet is missed after a tenth of a second. */
const quick: Partial<SctpParameters> = { rtoInitialMs: 200, rtoMinMs: 100, rtoMaxMs: 1000, sackDelayMs: 20 };
const patient = { intervalMs: 200, maximumMissed: 50 };

const keyOf = (text: string, port: number): string =>
  text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;

/** Endpoints at two addresses each, and a server behind a relay, which can die, fall silent, lose paths or its memory. */
const fixture = async (texts: readonly string[], rule: UdpPortRule): Promise<TransportFixture> => {
  const addresses = texts.map((text) => parseIpAddress(text));
  const distantOptions = { parameters: quick, closeTimeoutMs: 100 };
  const distant = createSctpTransport({ encapsulationPort: 'sctp-port', ...distantOptions });
  const endpoints: Endpoint[] = [await distant.bind({ addresses, heartbeat: patient })];
  const server = endpoints[0] as Endpoint;
  const relay = await openUdpRelay(addresses, addresses, server.port);
  const silent = await silentPeer(texts[0] ?? '127.0.0.1');
  const encapsulationPort: EncapsulationPortMap = {
    local: rule,
    others: rule,
    remote: Object.fromEntries(
      texts.flatMap((text) => [
        [keyOf(text, server.port), relay.port],
        [keyOf(text, silent.remote.port), silent.remote.port],
      ]),
    ),
  };
  const transport = createSctpTransport({ encapsulationPort });
  const quickTransport = createSctpTransport({ encapsulationPort, ...distantOptions });
  const remote = { addresses, port: server.port };

  /** The server falls silent, and its next life, at the same SCTP port, connects to the client. */
  const restart = async (client: Endpoint): Promise<void> => {
    relay.serverPort = await freeUdpPort();
    const next = createSctpTransport({
      encapsulationPort: {
        local: relay.serverPort,
        remote: Object.fromEntries(texts.map((text) => [keyOf(text, client.port), relay.clientPort(text)])),
      },
      ...distantOptions,
    });
    const endpoint = await next.bind({ addresses, port: server.port });
    endpoints.push(endpoint);
    const association = await endpoint.connect({ addresses, port: client.port });
    association.handlers = { message: (message) => association.send(message) };
  };

  return {
    client: transport,
    server: transport,
    clientOptions: { addresses, heartbeat: { intervalMs: 500, maximumMissed: 4 } },
    serverOptions: { addresses },
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
    multiHomed: async () => {
      const client = await quickTransport.bind({ addresses, heartbeat: patient });
      endpoints.push(client);
      const cut = new Set<string>();
      relay.filter = (_client, address) => !cut.has(address);
      return {
        client,
        server,
        remote,
        setPath: (address, isOpen) => {
          if (isOpen) cut.delete(formatIpAddress(address));
          else cut.add(formatIpAddress(address));
        },
      };
    },
    restartingPeer: async (client) => ({ remote, fail: () => void restart(client) }),
    dispose: async () => {
      silent.close();
      await Promise.all(endpoints.map((endpoint) => endpoint.close()));
      await relay.close();
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
