import { RserpoolError } from '@rserpool/wire';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { createSctpTransport } from '../../shell/sctp-transport.ts';
import { networkFixture } from '../../testing/network-compliance.fixture.ts';
import { createNetworkPair } from '../../testing/network-pair.fixture.ts';

const network = createNetworkPair();
const whyNot = ((): string | undefined => {
  if (typeof network === 'string') return network;
  try {
    createSctpTransport({ carrier: 'raw' });
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) return error.message;
    throw error;
  }
})();

if (typeof network !== 'string' && whyNot === undefined) {
  for (const family of ['ipv4', 'mixed'] as const) {
    describeTransportCompliance({
      name: `SCTP over raw IP between two hosts, ${family === 'ipv4' ? 'IPv4' : 'IPv4 and IPv6'}`,
      describe,
      it,
      expect,
      create: async () => networkFixture(network, network[family], { carrier: 'raw' }),
    });
  }
} else {
  it.skip(`SCTP over raw IP: skipped, ${whyNot}`, () => undefined);
}
