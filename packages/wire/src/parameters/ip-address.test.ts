import { compact, describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { type IpAddress, readIpAddress, writeIpAddress } from './ip-address.ts';

const ipv6 = bytes(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x35);

describeParameter<IpAddress>(
  'IPv4 and IPv6 Address parameters (RFC 5354 sections 3.1 and 3.2)',
  { read: readIpAddress, write: (writer, address) => writeIpAddress(writer, address, 'address', -1) },
  {
    golden: [
      { name: 'IPv4', hex: compact('0001 0008 c0000201'), value: bytes(192, 0, 2, 1) },
      { name: 'IPv6', hex: '00020014 20010db8000000000000000000000035', value: ipv6 },
      {
        name: 'IPv4 with bytes left over, which are dropped',
        hex: '0001 000c c0000201 ffffffff',
        value: bytes(192, 0, 2, 1),
        canonical: '0001 0008 c0000201',
      },
    ],
    failures: [
      {
        name: 'IPv4 with 3 bytes',
        hex: '0001 0007 c0000200',
        code: 'bad-length',
        offset: 0,
        type: 1,
        report: [3, '0001 0007 c00002'],
      },
      {
        name: 'IPv6 with 4 bytes',
        hex: '0002 0008 20010db8',
        code: 'bad-length',
        offset: 0,
        type: 2,
        report: [3, '0002 0008 20010db8'],
      },
      {
        name: 'a length below the header',
        hex: '0001 0003 c0000201',
        code: 'bad-length',
        offset: 0,
        type: 1,
        report: [3, '0001 0003'],
      },
      {
        name: 'a length beyond the container',
        hex: '0001 0009 c0000201',
        code: 'truncated',
        offset: 0,
        type: 1,
        report: [3, '0001 0009 c0000201'],
      },
      {
        name: 'a header that is cut off',
        hex: '0001 00',
        code: 'truncated',
        offset: 0,
        type: 0xff,
        report: [3, '0001 00'],
      },
      {
        name: 'another parameter in its place',
        hex: '0009 0005 41000000',
        code: 'unexpected-parameter',
        offset: 0,
        type: 9,
        report: [3, '0009 0005 41'],
      },
    ],
    refusals: [
      { name: '5 bytes', value: bytes(1, 2, 3, 4, 5), words: 'address has 5 bytes' },
      { name: 'no bytes', value: bytes(), words: 'address has 0 bytes' },
    ],
  },
);
