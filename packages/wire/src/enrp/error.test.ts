import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { bytes, errorHex } from '../testing/samples.fixture.ts';
import type { EnrpError } from './error.ts';

const message = {
  type: 'ENRP_ERROR',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
} as const;

describeEnrpMessage<EnrpError>({
  section: 'RFC 5353 section 2.10',
  golden: [
    {
      name: 'with one cause',
      hex: `0a00 0014 11111111 22222222 ${errorHex}`,
      value: { ...message, error: { causes: [{ code: 9, information: bytes() }] } },
    },
    {
      name: 'with two causes',
      hex: '0a00 001d 11111111 22222222 000c 0011 0006 0004 0002 0009 7f00000455 000000',
      value: {
        ...message,
        error: {
          causes: [
            { code: 6, information: bytes() },
            { code: 2, information: bytes(0x7f, 0, 0, 4, 0x55) },
          ],
        },
      },
    },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0a00 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 10,
      report: [3, '0a00 0008 11111111'],
    },
    {
      name: 'without an error',
      hex: '0a00 000c 11111111 22222222',
      code: 'missing-parameter',
      offset: 12,
      type: 12,
      report: [3, '0a00 000c 11111111 22222222'],
    },
  ],
  refusals: [
    { name: 'no causes', value: { ...message, error: { causes: [] } }, words: 'error.causes is empty' },
  ],
});
