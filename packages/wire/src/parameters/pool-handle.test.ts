import { describeParameter } from '../testing/golden.fixture.ts';
import { ascii, bytes } from '../testing/samples.fixture.ts';
import { readPoolHandle, writePoolHandle } from './pool-handle.ts';

describeParameter<Uint8Array>(
  'Pool Handle parameter (RFC 5354 section 3.9)',
  { read: readPoolHandle, write: writePoolHandle },
  {
    golden: [
      { name: 'without padding', hex: '0009 0008 506f6f6c', value: ascii('Pool') },
      { name: 'with 3 bytes of padding', hex: '0009 0005 41 000000', value: ascii('A') },
      { name: 'with bytes that are no text', hex: '0009 0007 00ff80 00', value: bytes(0, 0xff, 0x80) },
      { name: 'empty', hex: '0009 0004', value: bytes() },
    ],
    failures: [
      {
        name: 'longer than the limit',
        hex: '0009 0008 506f6f6c',
        limits: { poolHandleBytes: 3 },
        code: 'limit-exceeded',
        offset: 4,
        type: 9,
        report: [6, ''],
      },
      {
        name: 'with its number and other high bits, which makes it another parameter',
        hex: '4009 0008 506f6f6c',
        code: 'unknown-parameter',
        offset: 0,
        type: 0x4009,
        report: [1, '4009 0008 506f6f6c'],
      },
    ],
    refusals: [
      {
        name: 'text instead of bytes',
        value: 'Pool' as unknown as Uint8Array,
        words: 'poolHandle is Pool; it has to be a Uint8Array',
      },
    ],
  },
);
