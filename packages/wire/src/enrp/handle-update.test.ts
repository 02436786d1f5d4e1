import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { element, elementHex, poolHandle, poolHandleHex } from '../testing/samples.fixture.ts';
import type { EnrpHandleUpdate } from './handle-update.ts';

const addition: EnrpHandleUpdate = {
  type: 'ENRP_HANDLE_UPDATE',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  takeoverSuggested: false,
  action: 0,
  poolHandle,
  poolElement: element,
};

describeEnrpMessage<EnrpHandleUpdate>({
  section: 'RFC 5353 section 2.4',
  golden: [
    {
      name: 'an addition',
      hex: `0400 0040 11111111 22222222 0000 0000 ${poolHandleHex} ${elementHex}`,
      value: addition,
    },
    {
      name: 'a deletion with a takeover suggestion',
      hex: `0401 0040 11111111 22222222 0001 0000 ${poolHandleHex} ${elementHex}`,
      value: { ...addition, action: 1, takeoverSuggested: true },
    },
    {
      name: 'an action that nobody has defined, with reserved bits set',
      hex: `0400 0040 11111111 22222222 0007 ffff ${poolHandleHex} ${elementHex}`,
      value: { ...addition, action: 7 },
      canonical: `0400 0040 11111111 22222222 0007 0000 ${poolHandleHex} ${elementHex}`,
    },
  ],
  failures: [
    {
      name: 'too short for its action',
      hex: '0400 000e 11111111 22222222 0000',
      code: 'bad-length',
      offset: 0,
      type: 4,
      report: [3, '0400 000e 11111111 22222222 0000'],
    },
    {
      name: 'without a pool element',
      hex: `0400 0018 11111111 22222222 0000 0000 ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 24,
      type: 10,
      report: [3, `0400 0018 11111111 22222222 0000 0000 ${poolHandleHex}`],
    },
  ],
  refusals: [{ name: 'an action of 65536', value: { ...addition, action: 65536 }, words: 'action is 65536' }],
});
