import { bytesToHex, hexToBytes } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkWalk } from './chunk-walk.ts';
import { isChecksumRight, readPacketHeader } from './packet.ts';
import { PacketWriter } from './packet-writer.ts';

describe('the packet writer', () => {
  it('writes the header and the checksum', () => {
    const writer = new PacketWriter(100);
    writer.start(0xfffe, 1, 0xdeadbeef);
    writer.endChunk(writer.beginChunk(11, 0));
    const packet = writer.finish();
    expect(isChecksumRight(packet)).toBe(true);
    expect(readPacketHeader(packet)).toEqual({
      sourcePort: 0xfffe,
      destinationPort: 1,
      verificationTag: 0xdeadbeef,
    });
    expect(bytesToHex(packet.subarray(12))).toBe('0b000004');
  });

  it('tells what is left for bundling, padding included', () => {
    const writer = new PacketWriter(40);
    writer.start(1, 2, 3);
    expect([writer.isEmpty, writer.room, writer.length]).toEqual([true, 28, 12]);
    const chunk = writer.beginChunk(10, 0);
    writer.put8(1);
    writer.endChunk(chunk);
    expect([writer.isEmpty, writer.room, writer.length]).toEqual([false, 20, 20]);
  });

  it('pads with zeros, also where the buffer held something else', () => {
    const writer = new PacketWriter(40);
    writer.start(1, 2, 3);
    writer.putBytes(new Uint8Array(28).fill(255));
    writer.start(1, 2, 3);
    const chunk = writer.beginChunk(10, 0);
    writer.putBytes(hexToBytes('01'));
    writer.endChunk(chunk);
    expect(bytesToHex(writer.finish().subarray(12))).toBe('0a00000501000000');
  });

  it('gives away a copy', () => {
    const writer = new PacketWriter(40);
    writer.start(1, 2, 3);
    const first = writer.finish();
    const before = bytesToHex(first);
    writer.start(4, 5, 6);
    writer.finish();
    expect(bytesToHex(first)).toBe(before);
    expect(first.buffer.byteLength).toBe(12);
  });

  it('does not count the padding of the last parameter, but that of the others (section 3.2)', () => {
    const writer = new PacketWriter(100);
    writer.start(1, 2, 3);
    const chunk = writer.beginChunk(1, 0);
    for (const byte of [0xaa, 0xbb]) {
      const parameter = writer.beginParameter(0x8000);
      writer.put8(byte);
      writer.endParameter(parameter);
    }
    writer.endChunk(chunk);
    expect(bytesToHex(writer.finish().subarray(12))).toBe(
      '01000011' + '80000005aa000000' + '80000005bb000000',
    );
  });

  it('takes chunks back', () => {
    const writer = new PacketWriter(100);
    writer.start(1, 2, 3);
    const chunk = writer.beginChunk(1, 0);
    writer.put32(0xffffffff);
    writer.cutAt(chunk);
    expect([writer.isEmpty, writer.finish().length]).toEqual([true, 12]);
  });

  it('grows for a control chunk that is longer than what is bundled', () => {
    const writer = new PacketWriter(40);
    writer.start(7, 8, 9);
    const cookie = Uint8Array.from({ length: 5001 }, (_, index) => index);
    const chunk = writer.beginChunk(10, 0);
    writer.putBytes(cookie);
    writer.endChunk(chunk);
    expect(writer.room).toBe(0);
    const packet = writer.finish();
    expect(packet.length).toBe(12 + 5008);
    expect(isChecksumRight(packet)).toBe(true);
    expect(packet.subarray(16, 16 + 5001)).toEqual(cookie);
    writer.start(7, 8, 9);
    expect(writer.room).toBe(28);
  });

  it('writes what the walk finds, for any chunks', () => {
    const chunk = fc.record({
      type: fc.nat(255),
      flags: fc.nat(255),
      value: fc.uint8Array({ maxLength: 100 }),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 10 }), (chunks) => {
        const writer = new PacketWriter(64);
        writer.start(1, 2, 3);
        for (const { type, flags, value } of chunks) {
          const at = writer.beginChunk(type, flags);
          writer.putBytes(value);
          writer.endChunk(at);
        }
        const packet = writer.finish();
        const walk = new ChunkWalk();
        walk.start(packet);
        for (const { type, flags, value } of chunks) {
          expect(walk.next()).toBe(true);
          expect([walk.type, walk.flags, walk.length]).toEqual([type, flags, value.length + 4]);
          expect(packet.subarray(walk.offset + 4, walk.offset + walk.length)).toEqual(value);
        }
        expect([walk.next(), walk.malformed]).toEqual([false, false]);
      }),
    );
  });
});
