import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, errorHex, identifierHex, poolHandle, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapRegistrationResponse } from './registration-response.ts';

const granted: AsapRegistrationResponse = {
  type: 'ASAP_REGISTRATION_RESPONSE',
  rejected: false,
  poolHandle,
  poolElementIdentifier: 0x12345678,
};

describeAsapMessage<AsapRegistrationResponse>({
  section: 'RFC 5352 section 2.2.3',
  golden: [
    { name: 'granted', hex: `0300 0014 ${poolHandleHex} ${identifierHex}`, value: granted },
    {
      name: 'rejected without a reason',
      hex: `0301 0014 ${poolHandleHex} ${identifierHex}`,
      value: { ...granted, rejected: true },
    },
    {
      name: 'rejected with an error',
      hex: `0301 001c ${poolHandleHex} ${identifierHex} ${errorHex}`,
      value: { ...granted, rejected: true, error: { causes: [{ code: 9, information: bytes() }] } },
    },
    {
      name: 'granted with a warning',
      hex: `0300 001c ${poolHandleHex} ${identifierHex} ${errorHex}`,
      value: { ...granted, error: { causes: [{ code: 9, information: bytes() }] } },
    },
    {
      name: 'with all the other flags set',
      hex: `03fe 0014 ${poolHandleHex} ${identifierHex}`,
      value: granted,
      canonical: `0300 0014 ${poolHandleHex} ${identifierHex}`,
    },
  ],
  failures: [
    {
      name: 'with an error before the identifier',
      hex: `0301 001c ${poolHandleHex} ${errorHex} ${identifierHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 12,
      report: [3, `${errorHex}`],
    },
    {
      name: 'with two errors',
      hex: `0301 0024 ${poolHandleHex} ${identifierHex} ${errorHex} ${errorHex}`,
      code: 'unexpected-parameter',
      offset: 28,
      type: 12,
      report: [3, `${errorHex}`],
    },
    {
      name: 'without an identifier',
      hex: `0301 000c ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 12,
      type: 14,
      report: [3, `0301 000c ${poolHandleHex}`],
    },
  ],
  refusals: [
    {
      name: 'an error without causes',
      value: { ...granted, error: { causes: [] } },
      words: 'error.causes is empty',
    },
  ],
});
