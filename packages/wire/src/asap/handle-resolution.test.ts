import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { ascii, bytes, poolHandle, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapHandleResolution } from './handle-resolution.ts';

const plain: AsapHandleResolution = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle };

describeAsapMessage<AsapHandleResolution>({
  section: 'RFC 5352 section 2.2.5',
  golden: [
    { name: 'as drawn', hex: `0500 000c ${poolHandleHex}`, value: plain },
    { name: 'with a subscription', hex: `0501 000c ${poolHandleHex}`, value: { ...plain, subscribe: true } },
    {
      name: 'with the option',
      hex: `0500 0014 ${poolHandleHex} 803f 0008 00000003`,
      value: { ...plain, items: 3 },
    },
    {
      name: 'with the option and as many items as possible',
      hex: `0501 0014 ${poolHandleHex} 803f 0008 ffffffff`,
      value: { ...plain, subscribe: true, items: 0xffffffff },
    },
    {
      name: 'with a handle whose padding the message length does not cover',
      hex: '0500 0009 0009 0005 41 000000',
      value: { ...plain, poolHandle: ascii('A') },
    },
    {
      name: 'with a handle whose padding is covered',
      hex: '0500 000c 0009 0005 41 000000',
      value: { ...plain, poolHandle: ascii('A') },
      canonical: '0500 0009 0009 0005 41 000000',
    },
    {
      name: 'with a handle whose padding was not even sent',
      hex: '0500 0009 0009 0005 41',
      value: { ...plain, poolHandle: ascii('A') },
      canonical: '0500 0009 0009 0005 41 000000',
    },
    {
      name: 'with padding that is not zero',
      hex: '0500 0009 0009 0005 41 a5a5a5',
      value: { ...plain, poolHandle: ascii('A') },
      canonical: '0500 0009 0009 0005 41 000000',
    },
  ],
  failures: [
    {
      name: 'with the option twice',
      hex: `0500 001c ${poolHandleHex} 803f 0008 00000003 803f 0008 00000004`,
      code: 'unexpected-parameter',
      offset: 20,
      type: 32831,
      report: [3, '803f 0008 00000004'],
    },
    {
      name: 'with the option before the handle',
      hex: `0500 0014 803f 0008 00000003 ${poolHandleHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 32831,
      report: [3, '803f 0008 00000003'],
    },
    {
      name: 'with an option that is too short',
      hex: `0500 0012 ${poolHandleHex} 803f 0006 0003 0000`,
      code: 'bad-length',
      offset: 12,
      type: 32831,
      report: [3, '803f 0006 0003'],
    },
    {
      name: 'without a handle',
      hex: '0500 0004',
      code: 'missing-parameter',
      offset: 4,
      type: 9,
      report: [3, '0500 0004'],
    },
  ],
  refusals: [
    {
      name: 'the option among the unrecognized parameters',
      value: { ...plain, unknownParameters: [{ type: 0x803f, value: bytes(0, 0, 0, 1), position: 1 }] },
      words: 'unknownParameters holds the Handle Resolution option',
    },
    { name: 'items of 2^32', value: { ...plain, items: 2 ** 32 }, words: 'items is 4294967296' },
  ],
});
