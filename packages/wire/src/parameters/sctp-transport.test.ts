import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes, sctp, sctpHex } from '../testing/samples.fixture.ts';
import { readSctpTransport, type SctpTransport, writeSctpTransport } from './sctp-transport.ts';

describeParameter<SctpTransport>(
  'SCTP Transport parameter (RFC 5354 section 3.4)',
  { read: readSctpTransport, write: (writer, value) => writeSctpTransport(writer, value, 'transport', -1) },
  {
    golden: [
      { name: 'with one address', hex: sctpHex, value: sctp },
      {
        name: 'with IPv4 and IPv6 addresses, data only, port 0',
        hex: '0004 0024 0000 0000  0002 0014 20010db8 00000000 00000000 00000001  0001 0008 c0000201',
        value: {
          protocol: 'sctp',
          port: 0,
          transportUse: 0,
          addresses: [bytes(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), bytes(192, 0, 2, 1)],
        },
      },
      {
        name: 'with a Transport Use that nobody has defined',
        hex: '0004 0010 1e61 fffe  0001 0008 0a010203',
        value: { ...sctp, transportUse: 0xfffe },
      },
      {
        name: 'with unrecognized parameters in all places',
        hex: '0004 0028 1e61 0001  8001 0004  0001 0008 0a010203  8001 0005 01000000  0001 0008 0a010204  8001 0004',
        value: {
          ...sctp,
          addresses: [bytes(10, 1, 2, 3), bytes(10, 1, 2, 4)],
          unknownParameters: [
            { type: 0x8001, value: bytes(), position: 0 },
            { type: 0x8001, value: bytes(1), position: 1 },
            { type: 0x8001, value: bytes(), position: 2 },
          ],
        },
      },
    ],
    failures: [
      {
        name: 'without an address',
        hex: '0004 0008 1e61 0001',
        code: 'missing-parameter',
        offset: 8,
        type: 1,
        report: [3, '0004 0008 1e61 0001'],
      },
      {
        name: 'too short for its port',
        hex: '0004 0005 1e000000',
        code: 'bad-length',
        offset: 0,
        type: 4,
        report: [3, '0004 0005 1e'],
      },
      {
        name: 'with an address that ends beyond it',
        hex: '0004 000e 1e61 0001  0001 0008 0a010000',
        code: 'truncated',
        offset: 8,
        type: 1,
        report: [3, '0001 0008 0a01'],
      },
      {
        name: 'with an unrecognized parameter that stops the message',
        hex: '0004 0014 1e61 0001  0001 0008 0a010203  0011 0004',
        code: 'unknown-parameter',
        offset: 16,
        type: 0x11,
      },
      {
        name: 'with an unrecognized parameter that stops the message and is reported',
        hex: '0004 0014 1e61 0001  0001 0008 0a010203  4011 0004',
        code: 'unknown-parameter',
        offset: 16,
        type: 0x4011,
        report: [1, '4011 0004'],
      },
      {
        name: 'with more addresses than the limit',
        hex: '0004 0018 1e61 0001  0001 0008 0a010203  0001 0008 0a010204',
        limits: { addressesPerTransport: 1 },
        code: 'limit-exceeded',
        offset: 16,
        type: 4,
        report: [6, ''],
      },
    ],
    refusals: [
      { name: 'no addresses', value: { ...sctp, addresses: [] }, words: 'transport.addresses is empty' },
      {
        name: 'an address of 6 bytes',
        value: { ...sctp, addresses: [bytes(1, 2, 3, 4), bytes(1, 2, 3, 4, 5, 6)] },
        words: 'transport.addresses[1] has 6 bytes',
      },
      { name: 'port -1', value: { ...sctp, port: -1 }, words: 'transport.port is -1' },
      {
        name: 'use 65536',
        value: { ...sctp, transportUse: 65536 },
        words: 'transport.transportUse is 65536',
      },
      {
        name: 'a known parameter among the unrecognized ones',
        value: { ...sctp, unknownParameters: [{ type: 1, value: bytes(), position: 0 }] },
        words: 'transport.unknownParameters[0].type is 1 (IPv4 Address parameter (0x1))',
      },
      {
        name: 'an unrecognized parameter without a type',
        value: { ...sctp, unknownParameters: [{ type: 70000, value: bytes(), position: 0 }] },
        words: 'transport.unknownParameters[0].type is 70000',
      },
    ],
  },
);
