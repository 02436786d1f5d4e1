import { parseIpAddress, RserpoolError } from '@rserpool/wire';
import { describeTransportCompliance } from '@rserpool/transport/testing';
import { describe, expect, it } from 'vitest';
import { createSctpTransport } from '../../shell/sctp-transport.ts';

const whyNot = ((): string | undefined => {
  try {
    createSctpTransport({ carrier: 'kernel' });
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) return error.message;
    throw error;
  }
})();

if (whyNot === undefined) {
  for (const texts of [
    ['127.0.0.1', '127.0.0.2'],
    ['127.0.0.1', '::1'],
  ]) {
    describeTransportCompliance({
      name: `the kernel's SCTP, ${texts.join(' and ')}`,
      describe,
      it,
      expect,
      create: async () => {
        const transport = createSctpTransport({ carrier: 'kernel' });
        const options = { addresses: texts.map((text) => parseIpAddress(text)) };
        return { client: transport, server: transport, clientOptions: options, serverOptions: options };
      },
    });
  }
} else {
  it.skip(`the kernel's SCTP: skipped, ${whyNot}`, () => undefined);
}
