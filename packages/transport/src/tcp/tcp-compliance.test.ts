import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { TransportFixture } from '../compliance/suite.ts';
import { describeTransportCompliance } from '../compliance/transport-compliance.ts';
import { helloFrame, listenRaw, type RawPeer } from '../testing/raw-peer.fixture.ts';
import { createAsapTcpTransport, createFramedTcpTransport, createTcpDataTransport } from './tcp-transport.ts';

// tcpmux: reserved, and nobody has served it for decades; free ports are taken by tests that run beside this one.
const unusedRemote = { addresses: [parseIpAddress('127.0.0.1')], port: 1 };

const framed = async (addresses: readonly string[]): Promise<TransportFixture> => {
  const transport = createFramedTcpTransport();
  const options = { addresses: addresses.map((address) => parseIpAddress(address)) };
  const silent = await listenRaw();
  const peers: RawPeer[] = [silent];
  // Says HELLO as an endpoint does, and reads ever after, but never answers.
  const mute = async (): Promise<RawPeer> => {
    const peer = await listenRaw((socket, port) => socket.write(helloFrame(port)));
    peers.push(peer);
    return peer;
  };
  return {
    client: transport,
    server: transport,
    clientOptions: options,
    serverOptions: options,
    closedRemote: unusedRemote,
    silentRemote: silent.remote,
    hangingPeer: async () => ({ remote: (await mute()).remote, fail: () => undefined }),
    dyingPeer: async () => {
      const peer = await mute();
      return {
        remote: peer.remote,
        fail: () => {
          for (const socket of peer.sockets) socket.destroy();
        },
        reasons: ['reset'],
      };
    },
    dispose: async () => {
      await Promise.all(peers.map((peer) => peer.close()));
    },
  };
};

describeTransportCompliance({
  name: 'framed TCP over IPv4',
  describe,
  it,
  expect,
  create: () => framed(['127.0.0.1']),
});

describeTransportCompliance({
  name: 'framed TCP over IPv6 and IPv4',
  describe,
  it,
  expect,
  create: () => framed(['::1', '127.0.0.1']),
});

/** A whole ASAP message of an unassigned type around the payload. */
const asapMessage = (payload: Uint8Array): Uint8Array => {
  const length = 4 + payload.length;
  const bytes = new Uint8Array((length + 3) & ~3);
  bytes.set([0xff, 0, length >> 8, length & 0xff]);
  bytes.set(payload, 4);
  return bytes;
};

describeTransportCompliance({
  name: 'ASAP over TCP',
  describe,
  it,
  expect,
  create: async () => ({
    client: createAsapTcpTransport(),
    server: createAsapTcpTransport(),
    closedRemote: unusedRemote,
    messageOf: asapMessage,
  }),
});

describeTransportCompliance({
  name: 'plain TCP',
  describe,
  it,
  expect,
  create: async () => ({
    client: createTcpDataTransport(),
    server: createTcpDataTransport(),
    closedRemote: unusedRemote,
  }),
});
