import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { type OperationError, readOperationError, writeOperationError } from './operation-error.ts';

describeParameter<OperationError>(
  'Operation Error parameter (RFC 5354 section 3.12)',
  { read: readOperationError, write: writeOperationError },
  {
    golden: [
      {
        name: 'one cause without information',
        hex: '000c 0008 0009 0004',
        value: { causes: [{ code: 9, information: bytes() }] },
      },
      {
        name: 'two causes with padding between them, but not counted at the end',
        hex: '000c 0012 0001 0005 aa 000000  0003 0006 bbcc 0000',
        value: {
          causes: [
            { code: 1, information: bytes(0xaa) },
            { code: 3, information: bytes(0xbb, 0xcc) },
          ],
        },
      },
      {
        name: 'a length that counts the padding at the end',
        hex: '000c 000c 0001 0005 aa 000000',
        value: { causes: [{ code: 1, information: bytes(0xaa) }] },
        canonical: '000c 0009 0001 0005 aa 000000',
      },
      {
        name: 'a code of the reference implementation',
        hex: '000c 0008 f008 0004',
        value: { causes: [{ code: 0xf008, information: bytes() }] },
      },
    ],
    failures: [
      {
        name: 'no cause',
        hex: '000c 0004',
        code: 'bad-length',
        offset: 0,
        type: 12,
        report: [3, '000c 0004'],
      },
      {
        name: 'a cause length below its header',
        hex: '000c 0008 0001 0003',
        code: 'bad-length',
        offset: 0,
        type: 12,
        report: [3, '000c 0008 0001 0003'],
      },
      {
        name: 'a cause that ends beyond the parameter',
        hex: '000c 0008 0001 0005',
        code: 'truncated',
        offset: 0,
        type: 12,
        report: [3, '000c 0008 0001 0005'],
      },
      {
        name: 'a cause header that is cut off',
        hex: '000c 000a 0001 0004 0002 0000',
        code: 'truncated',
        offset: 0,
        type: 12,
        report: [3, '000c 000a 0001 0004 0002'],
      },
      {
        name: 'more causes than the limit',
        hex: '000c 000c 0001 0004 0002 0004',
        limits: { errorCauses: 1 },
        code: 'limit-exceeded',
        offset: 8,
        type: 12,
        report: [6, ''],
      },
    ],
    refusals: [
      { name: 'no cause', value: { causes: [] }, words: 'error.causes is empty' },
      {
        name: 'a code of 65536',
        value: {
          causes: [
            { code: 0, information: bytes() },
            { code: 65536, information: bytes() },
          ],
        },
        words: 'error.causes[1].code is 65536',
      },
      {
        name: 'information that is no bytes',
        value: { causes: [{ code: 0, information: [] as unknown as Uint8Array }] },
        words: 'error.causes[0].information is an object; it has to be a Uint8Array',
      },
    ],
  },
);
