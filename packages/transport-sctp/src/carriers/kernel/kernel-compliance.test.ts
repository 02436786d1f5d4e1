import { RserpoolError } from '@rserpool/wire';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { nativeSockets } from '../native/native-sockets.ts';
import { createSctpTransport } from '../../shell/sctp-transport.ts';
import { networkFixture } from '../../testing/network-compliance.fixture.ts';
import { createNetworkPair, type NetworkPair } from '../../testing/network-pair.fixture.ts';

const whyNoKernel = ((): string | undefined => {
  try {
    createSctpTransport({ carrier: 'kernel' });
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) return error.message;
    throw error;
  }
})();
const network = whyNoKernel ?? createNetworkPair();

/** SCTP_SOCKOPT_PEELOFF_FLAGS. */
const peelOff = 122;

/** The kernel peels associations off for threads in the network of their socket only, and this one serves two. */
const peelOffInBothNetworks = (pair: NetworkPair): void => {
  const native = nativeSockets();
  const { getsockopt } = native;
  native.getsockopt = (...values) => {
    const result = getsockopt(...values);
    return values[2] === peelOff && result < 0 ? pair.thereAtOnce(() => getsockopt(...values)) : result;
  };
};

if (typeof network === 'string') {
  it.skip(`the kernel's SCTP: skipped, ${network}`, () => undefined);
} else {
  peelOffInBothNetworks(network);
  for (const family of ['ipv4', 'mixed'] as const) {
    describeTransportCompliance({
      name: `the kernel's SCTP between two hosts, ${family === 'ipv4' ? 'IPv4' : 'IPv4 and IPv6'}`,
      describe,
      it,
      expect,
      create: async () => networkFixture(network, network[family], { carrier: 'kernel' }),
    });
  }
}
