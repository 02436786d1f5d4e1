import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { bytes, serverHex, skippedHex } from '../testing/samples.fixture.ts';
import type { EnrpListRequest } from './list-request.ts';

const request: EnrpListRequest = {
  type: 'ENRP_LIST_REQUEST',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
};

describeEnrpMessage<EnrpListRequest>({
  section: 'RFC 5353 section 2.5',
  golden: [
    { name: 'as drawn', hex: '0500 000c 11111111 22222222', value: request },
    {
      name: 'with an unrecognized parameter',
      hex: `0500 0011 11111111 22222222 ${skippedHex}`,
      value: { ...request, unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 0 }] },
    },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0500 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 5,
      report: [3, '0500 0008 11111111'],
    },
    {
      name: 'with server information',
      hex: `0500 0024 11111111 22222222 ${serverHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 11,
      report: [3, `${serverHex}`],
    },
  ],
});
