import { describeAsapMessage } from '../testing/golden.fixture.ts';
import { bytes, poolHandleHex } from '../testing/samples.fixture.ts';
import type { AsapCookie } from './cookie.ts';

describeAsapMessage<AsapCookie>({
  section: 'RFC 5352 section 2.2.11',
  golden: [
    {
      name: 'as drawn',
      hex: '0b00 000c 000d 0008 01020304',
      value: { type: 'ASAP_COOKIE', cookie: bytes(1, 2, 3, 4) },
    },
    {
      name: 'with a cookie of 3 bytes',
      hex: '0b00 000b 000d 0007 010203 00',
      value: { type: 'ASAP_COOKIE', cookie: bytes(1, 2, 3) },
    },
    {
      name: 'with an empty cookie',
      hex: '0b00 0008 000d 0004',
      value: { type: 'ASAP_COOKIE', cookie: bytes() },
    },
  ],
  failures: [
    {
      name: 'without a cookie',
      hex: '0b00 0004',
      code: 'missing-parameter',
      offset: 4,
      type: 13,
      report: [3, '0b00 0004'],
    },
    {
      name: 'with a pool handle instead',
      hex: `0b00 000c ${poolHandleHex}`,
      code: 'unexpected-parameter',
      offset: 4,
      type: 9,
      report: [3, `${poolHandleHex}`],
    },
    {
      name: 'with a cookie longer than the limit',
      hex: '0b00 000c 000d 0008 01020304',
      limits: { cookieBytes: 3 },
      code: 'limit-exceeded',
      offset: 8,
      type: 13,
      report: [6, ''],
    },
  ],
  refusals: [
    {
      name: 'more than a message holds',
      value: { type: 'ASAP_COOKIE', cookie: new Uint8Array(65528) },
      words: 'ERR_RSERPOOL_MESSAGE_TOO_LONG: the message is longer',
    },
  ],
});
