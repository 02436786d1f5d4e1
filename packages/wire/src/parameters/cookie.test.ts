import { describeParameter } from '../testing/golden.fixture.ts';
import { bytes } from '../testing/samples.fixture.ts';
import { readCookie, writeCookie } from './cookie.ts';

describeParameter<Uint8Array>(
  'Cookie parameter (RFC 5354 section 3.13)',
  { read: readCookie, write: writeCookie },
  {
    golden: [
      { name: 'with 6 bytes', hex: '000d 000a 010203040506 0000', value: bytes(1, 2, 3, 4, 5, 6) },
      { name: 'empty', hex: '000d 0004', value: bytes() },
    ],
    failures: [
      {
        name: 'longer than the limit',
        hex: '000d 0008 01020304',
        limits: { cookieBytes: 3 },
        code: 'limit-exceeded',
        offset: 4,
        type: 13,
        report: [6, ''],
      },
      {
        name: 'a length beyond what is there',
        hex: '000d ffff 01020304',
        code: 'truncated',
        offset: 0,
        type: 13,
        report: [3, '000d ffff 01020304'],
      },
    ],
    refusals: [
      {
        name: 'more than a length field can say',
        value: new Uint8Array(65532),
        words: 'ERR_RSERPOOL_MESSAGE_TOO_LONG: cookie is longer',
      },
    ],
  },
);
