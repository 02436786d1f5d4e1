import { describeParameter } from '../testing/golden.fixture.ts';
import { readPoolElementIdentifier, writePoolElementIdentifier } from './pool-element-identifier.ts';

describeParameter<number>(
  'PE Identifier parameter (RFC 5354 section 3.14)',
  { read: readPoolElementIdentifier, write: writePoolElementIdentifier },
  {
    golden: [
      { name: 'above 2^31', hex: '000e 0008 fedcba98', value: 0xfedcba98 },
      { name: '0, which the registrar will refuse', hex: '000e 0008 00000000', value: 0 },
      {
        name: 'with bytes left over, which are dropped',
        hex: '000e 000a 00000001 ffff 0000',
        value: 1,
        canonical: '000e 0008 00000001',
      },
    ],
    failures: [
      {
        name: 'with 3 bytes',
        hex: '000e 0007 01020300',
        code: 'bad-length',
        offset: 0,
        type: 14,
        report: [3, '000e 0007 010203'],
      },
    ],
    refusals: [
      { name: '2^32', value: 2 ** 32, words: 'poolElementIdentifier is 4294967296' },
      { name: '-1', value: -1, words: 'poolElementIdentifier is -1' },
      {
        name: 'text',
        value: '7' as unknown as number,
        words: 'poolElementIdentifier is 7; it has to be an integer',
      },
    ],
  },
);
