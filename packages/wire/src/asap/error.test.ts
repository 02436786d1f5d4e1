import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, errorHex, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapError } from './error.ts';

describeAsapMessage<AsapError>({
  section: 'RFC 5352 section 2.2.14',
  golden: [
    {
      name: 'with one cause',
      hex: `0e00 000c ${errorHex}`,
      value: { type: 'ASAP_ERROR', error: { causes: [{ code: 9, information: bytes() }] } },
    },
    {
      name: 'with an unrecognized parameter as information',
      hex: '0e00 0010 000c 000c 0001 0008 5234 0004',
      value: { type: 'ASAP_ERROR', error: { causes: [{ code: 1, information: bytes(0x52, 0x34, 0, 4) }] } },
    },
    {
      name: 'with information of 1 byte: no length covers the padding',
      hex: '0e00 000d 000c 0009 0001 0005 aa 000000',
      value: { type: 'ASAP_ERROR', error: { causes: [{ code: 1, information: bytes(0xaa) }] } },
    },
  ],
  failures: [
    {
      name: 'without an error',
      hex: '0e00 0004',
      code: 'missing-parameter',
      offset: 4,
      type: 12,
      report: [3, '0e00 0004'],
    },
    {
      name: 'with a pool handle',
      hex: `0e00 0014 ${poolHandleHex} ${errorHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
  ],
  refusals: [
    {
      name: 'no causes',
      value: { type: 'ASAP_ERROR', error: { causes: [] } },
      words: 'error.causes is empty',
    },
  ],
});
