import { parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { describeGroupCompliance } from '../compliance/group-compliance.ts';
import type { TransportFixture } from '../compliance/suite.ts';
import { describeTransportCompliance } from '../compliance/transport-compliance.ts';
import { createMemoryNetwork, type MemoryNetworkOptions } from './memory-network.ts';

const passing =
  (clock: VirtualClock) =>
  async <Value>(promise: Promise<Value>): Promise<Value> =>
    await clock.runUntilSettled(promise, 600_000);

const fixture = (options: MemoryNetworkOptions, clientAddresses: readonly string[]): TransportFixture => {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ ...options, clock, random: seededRandom(42) });
  const third = async (): Promise<{ remote: { addresses: Uint8Array[]; port: number } }> => {
    const endpoint = await network.transport('192.0.2.3').bind({ port: 3863 });
    return { remote: { addresses: [...endpoint.localAddresses], port: endpoint.port } };
  };
  return {
    client: network.transport(clientAddresses),
    server: network.transport(['192.0.2.2', '2001:db8::2']),
    pass: passing(clock),
    silentRemote: { addresses: [parseIpAddress('192.0.2.9')], port: 1 },
    dyingPeer: async () => ({
      ...(await third()),
      fail: () => network.kill('192.0.2.3'),
      reasons: ['reset'],
    }),
    hangingPeer: async () => ({ ...(await third()), fail: () => network.hang('192.0.2.3') }),
  };
};

describeTransportCompliance({
  name: 'memory, between two hosts',
  describe,
  it,
  expect,
  create: async () => fixture({}, ['192.0.2.1', '2001:db8::1']),
});

describeTransportCompliance({
  name: 'memory, with jitter and losses',
  describe,
  it,
  expect,
  create: async () => fixture({ delayMs: 20, jitterMs: 30, lossProbability: 0.3 }, ['192.0.2.1']),
});

describeTransportCompliance({
  name: 'memory, within one host and without delay',
  describe,
  it,
  expect,
  create: async () => fixture({ delayMs: 0 }, ['192.0.2.2', '2001:db8::2']),
});

describeGroupCompliance({
  name: 'memory',
  describe,
  it,
  expect,
  create: async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock });
    const [first, second] = [network.transport('192.0.2.1').groups, network.transport('192.0.2.2').groups];
    if (first === undefined || second === undefined) throw new Error('the memory network has groups');
    return {
      networks: [first, second],
      group: parseIpAddress('224.0.1.185'),
      port: 3863,
      pass: passing(clock),
    };
  },
});
