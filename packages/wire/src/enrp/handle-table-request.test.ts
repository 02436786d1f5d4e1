import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { poolHandleHex } from '../testing/samples.fixture.ts';
import type { EnrpHandleTableRequest } from './handle-table-request.ts';

const everything: EnrpHandleTableRequest = {
  type: 'ENRP_HANDLE_TABLE_REQUEST',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  ownChildrenOnly: false,
};

describeEnrpMessage<EnrpHandleTableRequest>({
  section: 'RFC 5353 section 2.2',
  golden: [
    { name: 'of everything', hex: '0200 000c 11111111 22222222', value: everything },
    {
      name: 'of own children only',
      hex: '0201 000c 11111111 22222222',
      value: { ...everything, ownChildrenOnly: true },
    },
    {
      name: 'with the other flags set',
      hex: '02fe 000c 11111111 22222222',
      value: everything,
      canonical: '0200 000c 11111111 22222222',
    },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0200 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 2,
      report: [3, '0200 0008 11111111'],
    },
    {
      name: 'with a pool handle',
      hex: `0200 0014 11111111 22222222 ${poolHandleHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
  ],
});
