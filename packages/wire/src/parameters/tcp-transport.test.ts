import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { readTcpTransport, type TcpTransport, writeTcpTransport } from './tcp-transport.ts';

const transport: TcpTransport = { protocol: 'tcp', port: 80, address: bytes(10, 1, 2, 3) };

describeParameter<TcpTransport>(
  'TCP Transport parameter (RFC 5354 section 3.5)',
  { read: readTcpTransport, write: (writer, value) => writeTcpTransport(writer, value, 'transport', -1) },
  {
    golden: [
      { name: 'with an IPv4 address', hex: '0005 0010 0050 0000  0001 0008 0a010203', value: transport },
      {
        name: 'with an IPv6 address and the highest port',
        hex: '0005 001c ffff 0000  0002 0014 fe800000 00000000 00000000 00000001',
        value: {
          protocol: 'tcp',
          port: 65535,
          address: bytes(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        },
      },
      {
        name: 'with reserved bits set, which are ignored',
        hex: '0005 0010 0050 0001  0001 0008 0a010203',
        value: transport,
        canonical: '0005 0010 0050 0000  0001 0008 0a010203',
      },
      {
        name: 'with a second address, which is dropped',
        hex: '0005 0018 0050 0000  0001 0008 0a010203  0001 0008 0a010204',
        value: transport,
        canonical: '0005 0010 0050 0000  0001 0008 0a010203',
      },
      {
        name: 'with unrecognized parameters around the address',
        hex: '0005 001a 0050 0000  8001 0004  0001 0008 0a010203  8002 0006 aabb 0000',
        value: {
          ...transport,
          unknownParameters: [
            { type: 0x8001, value: bytes(), position: 0 },
            { type: 0x8002, value: bytes(0xaa, 0xbb), position: 1 },
          ],
        },
      },
    ],
    failures: [
      {
        name: 'without an address',
        hex: '0005 0008 0050 0000',
        code: 'missing-parameter',
        offset: 8,
        type: 1,
        report: [3, '0005 0008 0050 0000'],
      },
      {
        name: 'too short for its port',
        hex: '0005 0006 0050 0000',
        code: 'bad-length',
        offset: 0,
        type: 5,
        report: [3, '0005 0006 0050'],
      },
      {
        name: 'with a Pool Handle behind the address',
        hex: '0005 0018 0050 0000  0001 0008 0a010203  0009 0008 506f6f6c',
        code: 'unexpected-parameter',
        offset: 16,
        type: 9,
        report: [3, '0009 0008 506f6f6c'],
      },
    ],
    refusals: [
      { name: 'port 65536', value: { ...transport, port: 65536 }, words: 'transport.port is 65536' },
      { name: 'port 1.5', value: { ...transport, port: 1.5 }, words: 'transport.port is 1.5' },
      {
        name: 'an address of 3 bytes',
        value: { ...transport, address: bytes(1, 2, 3) },
        words: 'transport.address',
      },
    ],
  },
);
