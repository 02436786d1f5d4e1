import { describeEnrpMessage } from '../testing/golden.fixture.ts';
import { bytes, sctp, serverHex, skippedHex } from '../testing/samples.fixture.ts';
import type { EnrpPresence } from './presence.ts';

const plain: EnrpPresence = {
  type: 'ENRP_PRESENCE',
  senderIdentifier: 0x11111111,
  receiverIdentifier: 0x22222222,
  replyRequired: false,
};

const serverInformation = { identifier: 0xcafe0001, transport: { ...sctp, port: 9901, transportUse: 0 } };

describeEnrpMessage<EnrpPresence>({
  section: 'RFC 5353 section 2.1',
  golden: [
    { name: 'as drawn, without parameters', hex: '0100 000c 11111111 22222222', value: plain },
    {
      name: 'with a checksum: the message length does not cover its padding',
      hex: '0100 0012 11111111 22222222 000f 0006 abcd 0000',
      value: { ...plain, checksum: 0xabcd },
    },
    {
      name: 'with everything, a reply required',
      hex: `0101 002c 11111111 22222222 000f 0006 abcd 0000 ${serverHex}`,
      value: { ...plain, replyRequired: true, checksum: 0xabcd, serverInformation },
    },
    {
      name: 'with server information alone, to the group',
      hex: `0100 0024 11111111 00000000 ${serverHex}`,
      value: { ...plain, receiverIdentifier: 0, serverInformation },
    },
    {
      name: 'with the identifiers above 2^31',
      hex: '0100 000c ffffffff fffffffe',
      value: { ...plain, senderIdentifier: 0xffffffff, receiverIdentifier: 0xfffffffe },
    },
    {
      name: 'with an unrecognized parameter between the two',
      hex: `0100 0034 11111111 22222222 000f 0006 abcd 0000 ${skippedHex} ${serverHex}`,
      value: {
        ...plain,
        checksum: 0xabcd,
        serverInformation,
        unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 1 }],
      },
    },
  ],
  failures: [
    {
      name: 'too short for its server identifiers',
      hex: '0100 0008 11111111',
      code: 'bad-length',
      offset: 0,
      type: 1,
      report: [3, '0100 0008 11111111'],
    },
    {
      name: 'with the parameters in the other order',
      hex: `0100 002c 11111111 22222222 ${serverHex} 000f 0006 abcd 0000`,
      code: 'unexpected-parameter',
      offset: 36,
      type: 15,
      report: [3, '000f 0006 abcd'],
    },
    {
      name: 'with a checksum of 1 byte',
      hex: '0100 0011 11111111 22222222 000f 0005 ab 000000',
      code: 'bad-length',
      offset: 12,
      type: 15,
      report: [3, '000f 0005 ab'],
    },
  ],
  refusals: [
    { name: 'a checksum of 65536', value: { ...plain, checksum: 65536 }, words: 'checksum is 65536' },
    { name: 'a sender of -1', value: { ...plain, senderIdentifier: -1 }, words: 'senderIdentifier is -1' },
    {
      name: 'an address of 3 bytes',
      value: {
        ...plain,
        serverInformation: { ...serverInformation, transport: { ...sctp, addresses: [bytes(1, 2, 3)] } },
      },
      words: 'serverInformation.transport.addresses[0] has 3 bytes',
    },
  ],
});
