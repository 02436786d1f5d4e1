import { parseIpAddress } from '@rserpool/wire';
import { RserpoolError } from '@rserpool/wire';
import { hostAddresses, isLoopback } from '@rserpool/transport/internal';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { createSctpTransport } from '../../shell/sctp-transport.ts';
import { enterOwnNetwork } from '../../testing/own-network.fixture.ts';

const whyNot = ((): string | undefined => {
  const network = enterOwnNetwork();
  if (network !== undefined) return network;
  try {
    createSctpTransport({ carrier: 'raw' });
    return undefined;
  } catch (error) {
    return RserpoolError.is(error) ? error.message : String(error);
  }
})();

if (whyNot === undefined) {
  const sets = [['127.0.0.1', '127.0.0.2']];
  if (hostAddresses(16).some(isLoopback)) sets.push(['127.0.0.1', '::1']);
  for (const texts of sets) {
    describeTransportCompliance({
      name: `SCTP over raw IP, ${texts.join(' and ')}`,
      describe,
      it,
      expect,
      create: async () => {
        const transport = createSctpTransport({ carrier: 'raw' });
        const options = { addresses: texts.map((text) => parseIpAddress(text)) };
        return { client: transport, server: transport, clientOptions: options, serverOptions: options };
      },
    });
  }
} else {
  it.skip(`SCTP over raw IP: skipped, ${whyNot}`, () => undefined);
}
