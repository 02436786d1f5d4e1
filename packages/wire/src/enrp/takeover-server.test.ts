import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { poolHandleHex } from '../testing/samples.fixture.ts';
import type { EnrpTakeoverServer } from './takeover-server.ts';

const message: EnrpTakeoverServer = {
  type: 'ENRP_TAKEOVER_SERVER',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  targetIdentifier: 0xdeadbeef,
};

describeEnrpMessage<EnrpTakeoverServer>({
  section: 'RFC 5353 section 2.9',
  golden: [
    { name: 'as drawn', hex: '0900 0010 11111111 22222222 deadbeef', value: message },
    {
      name: 'with flags set that are not defined',
      hex: '09ff 0010 11111111 22222222 deadbeef',
      value: message,
      canonical: '0900 0010 11111111 22222222 deadbeef',
    },
  ],
  failures: [
    {
      name: 'without its target',
      hex: '0900 000c 11111111 22222222',
      code: 'bad-length',
      offset: 0,
      type: 9,
      report: [3, '0900 000c 11111111 22222222'],
    },
    {
      name: 'with a pool handle',
      hex: `0900 0018 11111111 22222222 deadbeef ${poolHandleHex}`,
      code: 'unexpected-parameter',
      offset: 16,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
  ],
  refusals: [
    {
      name: 'a target of 2^32',
      value: { ...message, targetIdentifier: 2 ** 32 },
      words: 'targetIdentifier is 4294967296',
    },
  ],
});
