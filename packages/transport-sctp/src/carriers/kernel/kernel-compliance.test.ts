import { RserpoolError } from '@rserpool/wire';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { createSctpTransport } from '../../shell/sctp-transport.ts';
import { networkFixture } from '../../testing/network-compliance.fixture.ts';
import { createNetworkPair, type NetworkPair } from '../../testing/network-pair.fixture.ts';
import { nativeSockets } from '../native/native-sockets.ts';

/** SCTP_SOCKOPT_PEELOFF_FLAGS. */
const peelOff = 122;

/** Why the kernel has no SCTP here. */
const whyNot = (): string | undefined => {
  try {
    createSctpTransport({ carrier: 'kernel' });
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) return error.message;
    throw error;
  }
};

/** The kernel peels associations off for threads in the network of their socket only, and this one serves two. */
const peelOffInBothNetworks = (pair: NetworkPair | string): NetworkPair | string => {
  if (typeof pair === 'string') return pair;
  const native = nativeSockets();
  const original = native.getsockopt.bind(native);
  native.getsockopt = (...values) => {
    const result = original(...values);
    return values[2] === peelOff && result < 0 ? pair.thereAtOnce(() => original(...values)) : result;
  };
  return pair;
};

const network: NetworkPair | string = whyNot() ?? peelOffInBothNetworks(createNetworkPair());
const families = typeof network === 'string' ? [] : (['ipv4', 'mixed'] as const);
const isSkipped = typeof network === 'string';

for (const family of families) {
  describeTransportCompliance({
    name: `the kernel's SCTP between two hosts, ${family === 'ipv4' ? 'IPv4' : 'IPv4 and IPv6'}`,
    describe,
    it,
    expect,
    create: async () => networkFixture(network as NetworkPair, family, { carrier: 'kernel' }),
  });
}

describe("the kernel's SCTP", () => {
  it.skipIf(isSkipped)(isSkipped ? `skipped: ${network}` : 'is what auto takes', () => {
    const transport = createSctpTransport({ carrier: 'auto' });
    expect([transport.name, transport.carrier, transport.whyNotKernel]).toEqual([
      'sctp-kernel',
      'kernel',
      undefined,
    ]);
  });
});
