import { bytesToHex, hexToBytes } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { ChunkWalk } from '../chunk-walk.ts';
import { isChunkLengthRight } from '../chunks/chunk-length.ts';
import { PacketWriter } from '../packet-writer.ts';

/** A chunk written by hand, and what it means. */
export interface GoldenChunk<Value> {
  readonly name: string;
  /** The chunk with its padding. */
  readonly hex: string;
  readonly value: Value;
  /** What is written, where it differs from what is accepted. */
  readonly canonical?: string;
}

/** A chunk that must not be read. */
export interface FailingChunk {
  readonly name: string;
  readonly hex: string;
}

/** How a chunk is read and written. */
export interface ChunkCodec<Value> {
  readonly read: (bytes: Uint8Array, offset: number, length: number) => Value | undefined;
  readonly write: (writer: PacketWriter, value: Value) => void;
}

/** A common header before the chunk, so that offsets are those of a packet. */
const header = '1388138900000001 00000000';

/** The chunk as the only one of a packet. */
export function packetWith(hex: string): Uint8Array {
  return hexToBytes(header + hex);
}

/** What a function writes, without the common header. */
export function written(write: (writer: PacketWriter) => void, maximumBytes = 1232): string {
  const writer = new PacketWriter(maximumBytes);
  writer.start(5000, 5001, 1);
  write(writer);
  return bytesToHex(writer.finish().subarray(12));
}

/** Hex digits without the spaces that make a table readable. */
export function compact(hex: string): string {
  return hex.replaceAll(/\s/g, '');
}

/** Reads the only chunk of a packet as an endpoint would: walk, check of the length, then the chunk's own reader. */
export function readOnly<Value>(codec: ChunkCodec<Value>, hex: string): Value | undefined {
  const bytes = packetWith(hex);
  const walk = new ChunkWalk();
  walk.start(bytes);
  if (!walk.next() || !isChunkLengthRight(walk.type, walk.length)) return undefined;
  return codec.read(bytes, walk.offset, walk.length);
}

/** Tests a chunk against bytes written by hand, both ways. */
export function describeChunk<Value>(
  name: string,
  codec: ChunkCodec<Value>,
  table: { readonly golden: readonly GoldenChunk<Value>[]; readonly failures: readonly FailingChunk[] },
): void {
  describe(name, () => {
    it.each(table.golden)('is read: $name', ({ hex, value }) => {
      expect(readOnly(codec, hex)).toEqual(value);
    });

    it.each(table.golden)('is written: $name', ({ hex, value, canonical }) => {
      expect(written((writer) => codec.write(writer, value))).toBe(compact(canonical ?? hex));
    });

    it.each(table.failures)('is refused: $name', ({ hex }) => {
      expect(readOnly(codec, hex)).toBeUndefined();
    });

    it.each(table.golden)('is not found when it is cut: $name', ({ hex }) => {
      const bytes = packetWith(hex);
      const length = ((bytes[14] as number) << 8) | (bytes[15] as number);
      const walk = new ChunkWalk();
      for (let cut = 12; cut < 12 + length; cut++) {
        walk.start(bytes.subarray(0, cut));
        expect([walk.next(), walk.malformed]).toEqual([false, cut > 12]);
      }
    });
  });
}
