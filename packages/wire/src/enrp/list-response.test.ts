import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { sctp, serverHex } from '../testing/samples.fixture.ts';
import type { EnrpListResponse } from './list-response.ts';

const empty: EnrpListResponse = {
  type: 'ENRP_LIST_RESPONSE',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  rejected: false,
  servers: [],
};

const server = { identifier: 0xcafe0001, transport: { ...sctp, port: 9901, transportUse: 0 } };

describeEnrpMessage<EnrpListResponse>({
  section: 'RFC 5353 section 2.6',
  golden: [
    { name: 'empty', hex: '0600 000c 11111111 22222222', value: empty },
    {
      name: 'with two registrars',
      hex: `0600 003c 11111111 22222222 ${serverHex} ${serverHex}`,
      value: { ...empty, servers: [server, server] },
    },
    { name: 'a rejection', hex: '0601 000c 11111111 22222222', value: { ...empty, rejected: true } },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0600 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 6,
      report: [3, '0600 0008 11111111'],
    },
    {
      name: 'with a rejection that holds a registrar',
      hex: `0601 0024 11111111 22222222 ${serverHex}`,
      code: 'unexpected-parameter',
      offset: 12,
      type: 11,
      report: [3, `${serverHex}`],
    },
    {
      name: 'with more registrars than the limit',
      hex: `0600 003c 11111111 22222222 ${serverHex} ${serverHex}`,
      limits: { servers: 1 },
      code: 'limit-exceeded',
      offset: 36,
      type: 6,
      report: [6, ''],
    },
  ],
  refusals: [
    {
      name: 'a rejection with a registrar',
      value: { ...empty, rejected: true, servers: [server] },
      words: 'servers holds servers',
    },
    {
      name: 'an identifier of -1',
      value: { ...empty, servers: [server, { ...server, identifier: -1 }] },
      words: 'servers[1].identifier is -1',
    },
  ],
});
