import { describe, expect, it } from 'vitest';
import { hexToBytes } from '@rserpool/wire';
import { checksumOf, isChecksumRight, readPacketHeader } from './packet.ts';

// An INIT as another SCTP sent it (a browser's data channel), with its checksum.
const captured = hexToBytes(`
  13881388 00000000 81469dfc 01000056 55b964a5 00020000 04000800 e86d1030
  c0000004 80080009 c00fc180 82000000 80020024 9febbb5c 50c9bf75 9cb12c57
  4fa45a51 ba601778 27945c31 e65d5b09 47e22206 80040006 00010000 80030006
  80c10000`);

describe('the common header', () => {
  it('is read', () => {
    expect(readPacketHeader(captured)).toEqual({
      sourcePort: 5000,
      destinationPort: 5000,
      verificationTag: 0,
    });
  });

  it('is not there in less than 12 bytes', () => {
    expect(readPacketHeader(captured.subarray(0, 11))).toBeUndefined();
    expect(isChecksumRight(captured.subarray(0, 11))).toBe(false);
  });

  it('has the checksum that another SCTP made', () => {
    expect(isChecksumRight(captured)).toBe(true);
  });

  it('is wrong after any change of a bit', () => {
    for (let bit = 0; bit < captured.length * 8; bit++) {
      const changed = captured.slice();
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(isChecksumRight(changed)).toBe(false);
    }
  });

  it('counts the place of the checksum as zeros, whatever is there', () => {
    const other = captured.slice();
    other.fill(0xaa, 8, 12);
    expect(checksumOf(other, other.length)).toBe(checksumOf(captured, captured.length));
  });
});
