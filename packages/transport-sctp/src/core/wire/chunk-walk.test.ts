import { hexToBytes } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { ChunkWalk } from './chunk-walk.ts';
import { unknownChunkIsReported, unknownChunkStops } from './chunk-type.ts';
import { packetWith } from './testing/golden.fixture.ts';

interface Seen {
  readonly chunks: readonly (readonly number[])[];
  readonly malformed: boolean;
}

function walkOver(bytes: Uint8Array): Seen {
  const walk = new ChunkWalk();
  walk.start(bytes);
  const chunks: number[][] = [];
  while (walk.next()) chunks.push([walk.type, walk.flags, walk.offset, walk.length]);
  return { chunks, malformed: walk.malformed };
}

describe('RFC 9260 section 3.2: the chunks of a packet', () => {
  it.each([
    { name: 'none', hex: '', chunks: [], malformed: false },
    {
      name: 'three, one of them padded',
      hex: '0b000004 0a010005 01000000 ff020004',
      chunks: [
        [0x0b, 0, 12, 4],
        [0x0a, 1, 16, 5],
        [0xff, 2, 24, 4],
      ],
      malformed: false,
    },
    {
      name: 'the last one without its padding',
      hex: '0a000005 01',
      chunks: [[0x0a, 0, 12, 5]],
      malformed: false,
    },
    { name: 'a length of 3', hex: '0b000004 0a000003', chunks: [[0x0b, 0, 12, 4]], malformed: true },
    { name: 'a length of 0', hex: '0a000000', chunks: [], malformed: true },
    { name: 'a length beyond the packet', hex: '0a000009 01020304', chunks: [], malformed: true },
    { name: 'half a header', hex: '0b000004 0a00', chunks: [[0x0b, 0, 12, 4]], malformed: true },
  ])('$name', ({ hex, chunks, malformed }) => {
    expect(walkOver(packetWith(hex))).toEqual({ chunks, malformed });
  });

  it('are none in a packet that is shorter than its header', () => {
    expect(walkOver(hexToBytes('13881389'))).toEqual({ chunks: [], malformed: false });
  });

  it('can be walked again after a malformed packet', () => {
    const walk = new ChunkWalk();
    walk.start(packetWith('0a000000'));
    expect([walk.next(), walk.malformed]).toEqual([false, true]);
    walk.start(packetWith('0b000004'));
    expect([walk.next(), walk.malformed, walk.isLast]).toEqual([true, false, true]);
  });

  it('know which one is the last', () => {
    const walk = new ChunkWalk();
    walk.start(packetWith('0a000005 01000000 0b000004'));
    expect([walk.next(), walk.isLast]).toEqual([true, false]);
    expect([walk.next(), walk.isLast, walk.isAlone]).toEqual([true, true, false]);
    walk.start(packetWith('0a000005 01000000'));
    expect([walk.next(), walk.isAlone]).toEqual([true, true]);
  });

  it.each([
    { bits: '00', type: 0x3f, stops: true, reported: false },
    { bits: '01', type: 0x7f, stops: true, reported: true },
    { bits: '10', type: 0xbf, stops: false, reported: false },
    { bits: '11', type: 0xff, stops: false, reported: true },
  ])('of a type with the high bits $bits that is not known', ({ type, stops, reported }) => {
    expect([unknownChunkStops(type), unknownChunkIsReported(type)]).toEqual([stops, reported]);
  });
});
