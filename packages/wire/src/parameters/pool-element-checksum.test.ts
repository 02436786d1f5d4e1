import { describeParameter } from '../testing/golden.fixture.ts';
import { readPoolElementChecksum, writePoolElementChecksum } from './pool-element-checksum.ts';

describeParameter<number>(
  'PE Checksum parameter (RFC 5354 section 3.15)',
  { read: readPoolElementChecksum, write: writePoolElementChecksum },
  {
    golden: [
      { name: 'of an empty handlespace', hex: '000f 0006 ffff 0000', value: 0xffff },
      { name: 'of another one', hex: '000f 0006 0a0b 0000', value: 0x0a0b },
      {
        name: 'with a length that covers the padding',
        hex: '000f 0008 0a0b 0000',
        value: 0x0a0b,
        canonical: '000f 0006 0a0b 0000',
      },
    ],
    failures: [
      {
        name: 'with 1 byte',
        hex: '000f 0005 0a000000',
        code: 'bad-length',
        offset: 0,
        type: 15,
        report: [3, '000f 0005 0a'],
      },
    ],
    refusals: [{ name: '65536', value: 65536, words: 'checksum is 65536' }],
  },
);
