import { describe, expect, it } from 'vitest';
import { bytes } from '../testing/samples.fixture.ts';
import { bytesToHex } from '../text/hex.ts';
import { describeErrorCause } from './describe-error-cause.ts';
import { ErrorCauseCode } from './error-cause-code.ts';
import { errorCauseNames } from './error-cause-names.ts';
import {
  inconsistentDataControlConfigurationCause,
  inconsistentPoolPolicyCause,
  inconsistentTransportTypeCause,
  invalidValuesCause,
  lackOfResourcesCause,
  nonUniquePoolElementIdentifierCause,
  rejectedDueToSecurityCause,
  unknownPoolHandleCause,
  unrecognizedMessageCause,
  unrecognizedParameterCause,
  unspecifiedCause,
} from './error-causes.ts';

const parameter = bytes(0x52, 0x34, 0, 8, 1, 2, 3, 4);

describe('error causes (RFC 5354 section 3.12)', () => {
  const table = [
    { cause: unspecifiedCause(), code: 0, hex: '', text: 'Unspecified Error (0x0)' },
    {
      cause: unrecognizedParameterCause(parameter),
      code: 1,
      hex: '5234000801020304',
      text: 'Unrecognized Parameter (0x1): parameter 0x5234, 8 bytes',
    },
    {
      cause: unrecognizedMessageCause(bytes(0x7f, 0, 0, 4)),
      code: 2,
      hex: '7f000004',
      text: 'Unrecognized Message (0x2): message type 0x7f, 4 bytes',
    },
    {
      cause: invalidValuesCause(bytes(0, 9, 0, 4)),
      code: 3,
      hex: '00090004',
      text: 'Invalid Values (0x3): Pool Handle parameter (0x9), 4 bytes',
    },
    {
      cause: nonUniquePoolElementIdentifierCause(),
      code: 4,
      hex: '',
      text: 'Non-unique PE Identifier (0x4)',
    },
    {
      cause: inconsistentPoolPolicyCause({ type: 'weightedRandom', weight: 3 }),
      code: 5,
      hex: '0008000c0000000400000003',
      text: 'Inconsistent Pooling Policy (0x5): the pool has the policy Weighted Random',
    },
    {
      cause: inconsistentPoolPolicyCause({ type: 'unknown', policyType: 0x80000001, data: bytes() }),
      code: 5,
      hex: '0008000880000001',
      text: 'Inconsistent Pooling Policy (0x5): the pool has the policy 0x80000001',
    },
    { cause: lackOfResourcesCause(), code: 6, hex: '', text: 'Lack of Resources (0x6)' },
    {
      cause: inconsistentTransportTypeCause({ protocol: 'tcp', port: 80, address: bytes(10, 1, 2, 3) }),
      code: 7,
      hex: '0005001000500000000100080a010203',
      text: 'Inconsistent Transport Type (0x7): the pool has the TCP Transport parameter (0x5)',
    },
    {
      cause: inconsistentDataControlConfigurationCause(),
      code: 8,
      hex: '',
      text: 'Inconsistent Data/Control Configuration (0x8)',
    },
    { cause: unknownPoolHandleCause(), code: 9, hex: '', text: 'Unknown Pool Handle (0x9)' },
    {
      cause: rejectedDueToSecurityCause(),
      code: 0xa,
      hex: '',
      text: 'Rejected Due to Security Considerations (0xa)',
    },
  ];

  it.each(table)('$text: code and information', ({ cause, code, hex }) => {
    expect([cause.code, bytesToHex(cause.information)]).toEqual([code, hex]);
  });

  it.each(table)('$text: in words', ({ cause, text }) => {
    expect(describeErrorCause(cause)).toBe(text);
  });

  it('have a name for every code', () => {
    expect(Object.keys(errorCauseNames)).toEqual(Object.values(ErrorCauseCode).map(String));
  });
});

describe('error causes of others', () => {
  const table = [
    { code: 0xf008, information: bytes(), text: 'error cause 0xf008' },
    { code: 0x11, information: bytes(1), text: 'error cause 0x11: 1 byte of information' },
    { code: 1, information: bytes(1, 2), text: 'Unrecognized Parameter (0x1): 2 bytes of information' },
    {
      code: 5,
      information: bytes(0, 8, 0, 4),
      text: 'Inconsistent Pooling Policy (0x5): 4 bytes of information',
    },
    { code: 9, information: bytes(1, 2, 3, 4, 5), text: 'Unknown Pool Handle (0x9): 5 bytes of information' },
  ];

  it.each(table)('are described as well: $text', ({ code, information, text }) => {
    expect(describeErrorCause({ code, information })).toBe(text);
  });
});
