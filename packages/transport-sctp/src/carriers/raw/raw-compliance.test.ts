import { createServer } from 'node:net';
import { formatIpAddress, RserpoolError } from '@rserpool/wire';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { createSctpTransport } from '../../shell/sctp-transport.ts';
import { networkFixture } from '../../testing/network-compliance.fixture.ts';
import { createNetworkPair, type NetworkPair } from '../../testing/network-pair.fixture.ts';

/** Why there are no raw sockets here. */
const whyNot = (): string | undefined => {
  try {
    createSctpTransport({ carrier: 'raw' });
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) return error.message;
    throw error;
  }
};

const network: NetworkPair | string = whyNot() ?? createNetworkPair();
const families = typeof network === 'string' ? [] : (['ipv4', 'mixed'] as const);
const isSkipped = typeof network === 'string';

for (const family of families) {
  describeTransportCompliance({
    name: `SCTP over raw IP between two hosts, ${family === 'ipv4' ? 'IPv4' : 'IPv4 and IPv6'}`,
    describe,
    it,
    expect,
    create: async () => networkFixture(network as NetworkPair, family, { carrier: 'raw' }),
  });
}

describe('SCTP over raw IP', () => {
  it.skipIf(isSkipped)(
    isSkipped
      ? `skipped: ${network}`
      : 'belongs to one process at each address, as it gets the packets of all ports',
    async () => {
      const [address] = (network as NetworkPair).ipv4.here;
      if (address === undefined) throw new Error('the network has addresses');
      const other = createServer();
      await new Promise<void>((resolve) => {
        other.listen(`\0rserpool-sctp-raw-${formatIpAddress(address)}`, resolve);
      });
      const transport = createSctpTransport({ carrier: 'raw' });
      await expect(transport.bind({ addresses: [address] })).rejects.toMatchObject({
        code: 'ERR_RSERPOOL_ADDRESS_IN_USE',
      });
      other.close();
    },
  );
});
