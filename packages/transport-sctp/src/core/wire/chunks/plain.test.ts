import { describeChunk } from '../testing/golden.fixture.ts';
import { putCookieAck, putCookieEcho, putShutdownAck, putShutdownComplete, readCookieEcho } from './plain.ts';

const flags = (bytes: Uint8Array, offset: number): number => bytes[offset + 1] as number;

describeChunk<readonly number[]>(
  'COOKIE ECHO (RFC 9260 section 3.3.11)',
  {
    read: (bytes, offset, length) => [...readCookieEcho(bytes, offset, length)],
    write: (writer, cookie) => putCookieEcho(writer, Uint8Array.from(cookie)),
  },
  {
    golden: [
      { name: 'four bytes', hex: '0a 00 0008 01020304', value: [1, 2, 3, 4] },
      { name: 'padded', hex: '0a 00 0009 0102030405 000000', value: [1, 2, 3, 4, 5] },
    ],
    failures: [{ name: 'longer than the packet', hex: '0a 00 0009 01020304' }],
  },
);

describeChunk<number>(
  'COOKIE ACK (RFC 9260 section 3.3.12)',
  { read: flags, write: (writer) => putCookieAck(writer) },
  {
    golden: [{ name: 'nothing in it', hex: '0b 00 0004', value: 0 }],
    failures: [{ name: 'something in it', hex: '0b 00 0008 00000000' }],
  },
);

describeChunk<number>(
  'SHUTDOWN ACK (RFC 9260 section 3.3.9)',
  { read: flags, write: (writer) => putShutdownAck(writer) },
  {
    golden: [{ name: 'nothing in it', hex: '08 00 0004', value: 0 }],
    failures: [{ name: 'something in it', hex: '08 00 0008 00000000' }],
  },
);

describeChunk<number>(
  'SHUTDOWN COMPLETE (RFC 9260 section 3.3.13)',
  { read: flags, write: (writer, bits) => putShutdownComplete(writer, bits === 1) },
  {
    golden: [
      { name: 'with the own tag', hex: '0e 00 0004', value: 0 },
      { name: 'with the reflected tag', hex: '0e 01 0004', value: 1 },
    ],
    failures: [{ name: 'something in it', hex: '0e 00 0008 00000000' }],
  },
);
