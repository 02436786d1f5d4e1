import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, identifierHex, poolHandle, poolHandleHex, skippedHex } from '../testing/samples.fixture.ts';
import type { AsapEndpointKeepAliveAck } from './endpoint-keep-alive-ack.ts';

const message: AsapEndpointKeepAliveAck = {
  type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
  poolHandle,
  poolElementIdentifier: 0x12345678,
};

describeAsapMessage<AsapEndpointKeepAliveAck>({
  section: 'RFC 5352 section 2.2.8',
  golden: [
    { name: 'as drawn', hex: `0800 0014 ${poolHandleHex} ${identifierHex}`, value: message },
    {
      name: 'with flags set that are not defined',
      hex: `08ff 0014 ${poolHandleHex} ${identifierHex}`,
      value: message,
      canonical: `0800 0014 ${poolHandleHex} ${identifierHex}`,
    },
    {
      name: 'with an unrecognized parameter at the end, whose padding the message length does not cover',
      hex: `0800 0019 ${poolHandleHex} ${identifierHex} ${skippedHex}`,
      value: { ...message, unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 2 }] },
    },
    {
      name: 'with an unrecognized parameter in the middle',
      hex: `0800 001c ${poolHandleHex} ${skippedHex} ${identifierHex}`,
      value: { ...message, unknownParameters: [{ type: 0x8123, value: bytes(0xaa), position: 1 }] },
    },
  ],
  failures: [
    {
      name: 'without an identifier',
      hex: `0800 000c ${poolHandleHex}`,
      code: 'missing-parameter',
      offset: 12,
      type: 14,
      report: [3, `0800 000c ${poolHandleHex}`],
    },
    {
      name: 'without anything',
      hex: '0800 0004',
      code: 'missing-parameter',
      offset: 4,
      type: 9,
      report: [3, '0800 0004'],
    },
    {
      name: 'with its parameters in the other order',
      hex: `0800 0014 ${identifierHex} ${poolHandleHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 14,
      report: [3, `${identifierHex}`],
    },
    {
      name: 'with a parameter behind the last one',
      hex: `0800 001c ${poolHandleHex} ${identifierHex} 0009 0005 41000000`,
      code: 'unexpected-parameter',
      offset: 20,
      type: 9,
      report: [3, '0009 0005 41'],
    },
  ],
  refusals: [
    {
      name: 'an identifier of 2^32',
      value: { ...message, poolElementIdentifier: 2 ** 32 },
      words: 'poolElementIdentifier is 4294967296',
    },
  ],
});
