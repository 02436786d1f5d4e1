import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, errorHex, identifierHex, poolHandle, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapDeregistrationResponse } from './deregistration-response.ts';

const success: AsapDeregistrationResponse = {
  type: 'ASAP_DEREGISTRATION_RESPONSE',
  poolHandle,
  poolElementIdentifier: 0x12345678,
};

describeAsapMessage<AsapDeregistrationResponse>({
  section: 'RFC 5352 section 2.2.4',
  golden: [
    { name: 'success', hex: `0400 0014 ${poolHandleHex} ${identifierHex}`, value: success },
    {
      name: 'with an error',
      hex: `0400 001c ${poolHandleHex} ${identifierHex} ${errorHex}`,
      value: { ...success, error: { causes: [{ code: 9, information: bytes() }] } },
    },
  ],
  failures: [
    {
      name: 'without a pool handle',
      hex: `0400 000c ${identifierHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 14,
      report: [3, `${identifierHex}`],
    },
    {
      name: 'with an error that holds no cause',
      hex: `0400 0018 ${poolHandleHex} ${identifierHex} 000c 0004`,
      code: 'bad-length',
      offset: 20,
      type: 12,
      report: [3, '000c 0004'],
    },
  ],
  refusals: [
    {
      name: 'an identifier of -1',
      value: { ...success, poolElementIdentifier: -1 },
      words: 'poolElementIdentifier is -1',
    },
  ],
});
