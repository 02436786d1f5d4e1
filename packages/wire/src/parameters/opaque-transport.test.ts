import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { type OpaqueTransport, readOpaqueTransport, writeOpaqueTransport } from './opaque-transport.ts';

describeParameter<OpaqueTransport>(
  'Opaque Transport parameter (RFC 5354 section 3.16)',
  {
    read: readOpaqueTransport,
    write: (writer, value) => writeOpaqueTransport(writer, value, 'transport', -1),
  },
  {
    golden: [
      {
        name: 'with 5 bytes',
        hex: '0010 0009 0102030405 000000',
        value: { protocol: 'opaque', data: bytes(1, 2, 3, 4, 5) },
      },
      { name: 'without data', hex: '0010 0004', value: { protocol: 'opaque', data: bytes() } },
      {
        name: 'with padding that is not zero',
        hex: '0010 0005 01ffffff',
        value: { protocol: 'opaque', data: bytes(1) },
        canonical: '0010 0005 01000000',
      },
      {
        name: 'with padding that the container cuts off',
        hex: '0010 0005 01',
        value: { protocol: 'opaque', data: bytes(1) },
        canonical: '0010 0005 01000000',
      },
    ],
    failures: [
      {
        name: 'a length of 0',
        hex: '0010 0000',
        code: 'bad-length',
        offset: 0,
        type: 16,
        report: [3, '0010 0000'],
      },
    ],
    refusals: [
      {
        name: 'text instead of bytes',
        value: { protocol: 'opaque', data: 'text' as unknown as Uint8Array },
        words: 'transport.data is text; it has to be a Uint8Array',
      },
      {
        name: 'more than a length field can say',
        value: { protocol: 'opaque', data: new Uint8Array(65532) },
        words: 'ERR_RSERPOOL_MESSAGE_TOO_LONG: transport is longer',
      },
    ],
  },
);
