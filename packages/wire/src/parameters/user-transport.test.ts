import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes, sctp, sctpHex } from '../testing/samples.fixture.ts';
import { readUserTransport, type UserTransport, writeUserTransport } from './user-transport.ts';

const address = bytes(10, 1, 2, 3);

describeParameter<UserTransport>(
  'User Transport (RFC 5354 section 3.10)',
  { read: readUserTransport, write: (writer, value) => writeUserTransport(writer, value, 'transport', -1) },
  {
    golden: [
      { name: 'SCTP', hex: sctpHex, value: sctp },
      {
        name: 'TCP',
        hex: '0005 0010 0050 0000 0001 0008 0a010203',
        value: { protocol: 'tcp', port: 80, address },
      },
      {
        name: 'UDP',
        hex: '0006 0010 0050 0000 0001 0008 0a010203',
        value: { protocol: 'udp', port: 80, address },
      },
      {
        name: 'UDP-Lite',
        hex: '0007 0010 0050 0000 0001 0008 0a010203',
        value: { protocol: 'udp-lite', port: 80, address },
      },
      {
        name: 'DCCP',
        hex: '0003 0014 0050 0000 00000007 0001 0008 0a010203',
        value: { protocol: 'dccp', port: 80, serviceCode: 7, address },
      },
      { name: 'Opaque', hex: '0010 0008 0a010203', value: { protocol: 'opaque', data: address } },
    ],
    failures: [
      {
        name: 'a parameter that is no transport',
        hex: '0008 0008 00000001',
        code: 'unexpected-parameter',
        offset: 0,
        type: 8,
        report: [3, '0008 0008 00000001'],
      },
    ],
    refusals: [
      {
        name: 'a protocol that has no parameter',
        value: { protocol: 'quic' } as unknown as UserTransport,
        words: "transport.protocol is 'quic'",
      },
    ],
  },
);
