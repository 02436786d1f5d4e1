import { bytesToHex } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../crc32c.ts';
import { PacketWriter } from '../packet-writer.ts';
import { describeChunk } from '../testing/golden.fixture.ts';
import {
  authenticatedBytes,
  authHmac,
  authHmacIdentifier,
  authSharedKeyIdentifier,
  beginAuth,
  HmacIdentifier,
  signAuth,
} from './auth.ts';
import { putCookieAck } from './plain.ts';

/** Not a HMAC, but as good as one for where its bytes come from and go to. */
function digest(data: Uint8Array): Uint8Array {
  const sum = crc32c(data);
  return Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum);
}

interface Auth {
  readonly key: number;
  readonly algorithm: number;
  readonly hmac: string;
}

describeChunk<Auth>(
  'AUTH (RFC 4895 section 5.1)',
  {
    read: (bytes, offset, length) => ({
      key: authSharedKeyIdentifier(bytes, offset),
      algorithm: authHmacIdentifier(bytes, offset),
      hmac: bytesToHex(authHmac(bytes, offset, length)),
    }),
    write(writer, { key, algorithm, hmac }) {
      const chunk = beginAuth(writer, key, algorithm, hmac.length / 2);
      signAuth(writer, chunk, () => Uint8Array.of(1, 2, 3, 4));
    },
  },
  {
    golden: [
      {
        name: 'a key, an algorithm, a HMAC',
        hex: '0f 00 000c 0102 0003 01020304',
        value: { key: 0x102, algorithm: HmacIdentifier.sha256, hmac: '01020304' },
      },
    ],
    failures: [{ name: 'too short for its fields', hex: '0f 00 0006 0102 0000' }],
  },
);

describe('the HMAC of AUTH (RFC 4895 section 6.2)', () => {
  it('covers the AUTH chunk with a HMAC of zeros and what follows it, and nothing before', () => {
    const writer = new PacketWriter(100);
    writer.start(1, 2, 3);
    putCookieAck(writer);
    const chunk = beginAuth(writer, 0, HmacIdentifier.sha1, 4);
    putCookieAck(writer);
    let signed = '';
    signAuth(writer, chunk, (data) => {
      signed = bytesToHex(data);
      return digest(data);
    });
    expect(signed).toBe('0f00000c00000001' + '00000000' + '0b000004');
    const packet = writer.finish();
    const received = authenticatedBytes(packet, 16, 12);
    expect(bytesToHex(received)).toBe(signed);
    expect(authHmac(packet, 16, 12)).toEqual(digest(received));
  });
});
