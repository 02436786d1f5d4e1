import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, sctp, sctpHex } from '../testing/samples.fixture.ts';
import type { AsapServerAnnounce } from './server-announce.ts';

const plain: AsapServerAnnounce = {
  type: 'ASAP_SERVER_ANNOUNCE',
  serverIdentifier: 0xcafe0001,
  transports: [],
};

describeAsapMessage<AsapServerAnnounce>({
  section: 'RFC 5352 section 2.2.10',
  golden: [
    { name: 'without transports', hex: '0a00 0008 cafe0001', value: plain },
    {
      name: 'with SCTP and TCP',
      hex: `0a00 0028 cafe0001 ${sctpHex} 0005 0010 0f17 0000 0001 0008 0a010203`,
      value: { ...plain, transports: [sctp, { protocol: 'tcp', port: 3863, address: bytes(10, 1, 2, 3) }] },
    },
  ],
  failures: [
    {
      name: 'too short for its identifier',
      hex: '0a00 0004',
      code: 'bad-length',
      offset: 0,
      type: 10,
      report: [3, '0a00 0004'],
    },
    {
      name: 'with a UDP transport',
      hex: '0a00 0018 cafe0001 0006 0010 0f17 0000 0001 0008 0a010203',
      code: 'unexpected-parameter',
      offset: 8,
      type: 6,
      report: [3, '0006 0010 0f17 0000 0001 0008 0a010203'],
    },
    {
      name: 'with more transports than the limit',
      hex: `0a00 0028 cafe0001 ${sctpHex} 0005 0010 0f17 0000 0001 0008 0a010203`,
      limits: { transports: 1 },
      code: 'limit-exceeded',
      offset: 24,
      type: 10,
      report: [6, ''],
    },
  ],
  refusals: [
    {
      name: 'a UDP transport',
      value: { ...plain, transports: [sctp, { protocol: 'udp' } as unknown as typeof sctp] },
      words: 'transports[1].protocol is not one of those allowed here',
    },
    {
      name: 'a port of 70000',
      value: { ...plain, transports: [{ ...sctp, port: 70000 }] },
      words: 'transports[0].port is 70000',
    },
  ],
});
