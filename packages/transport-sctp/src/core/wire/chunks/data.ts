import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { padded, read16, read32 } from '../words.ts';

// Payload Data (RFC 9260 section 3.3.1). No object is made for a chunk: its fields are read where they are.

/** The flags of DATA. */
export const DataFlag = {
  /** E: the last fragment of a message. */
  ending: 1,
  /** B: the first fragment of a message. */
  beginning: 2,
  /** U: may overtake, has no stream sequence number. */
  unordered: 4,
  /** I: the SACK is wanted at once. */
  immediate: 8,
} as const;

/** The flags of a message that is not fragmented. */
export const wholeMessage = 3;

/** The length of the chunk up to the user data, in bytes. */
export const dataHeaderLength = 16;

/** The TSN of the DATA chunk at `offset`. */
export function dataTsn(bytes: Uint8Array, offset: number): number {
  return read32(bytes, offset + 4);
}

/** The stream identifier of the DATA chunk at `offset`. */
export function dataStream(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 8);
}

/** The stream sequence number of the DATA chunk at `offset`; without meaning where it is unordered. */
export function dataStreamSequenceNumber(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 10);
}

/** The payload protocol identifier of the DATA chunk at `offset`. */
export function dataPayloadProtocolIdentifier(bytes: Uint8Array, offset: number): number {
  return read32(bytes, offset + 12);
}

/** The user data of the DATA chunk at `offset`, a view of the packet. */
export function dataUserData(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  return bytes.subarray(offset + dataHeaderLength, offset + length);
}

/** How many bytes of a packet a DATA chunk with so many bytes of user data takes. */
export function dataChunkBytes(userDataBytes: number): number {
  return dataHeaderLength + padded(userDataBytes);
}

/**
 * Writes a DATA chunk with the bytes `from` .. `to` (excluded) of a message.
 *
 * @param flags - Bits of {@link DataFlag}.
 */
export function putDataChunk(
  writer: PacketWriter,
  flags: number,
  tsn: number,
  stream: number,
  streamSequenceNumber: number,
  payloadProtocolIdentifier: number,
  source: Uint8Array,
  from: number,
  to: number,
): void {
  const count = to - from;
  writer.ensure(dataChunkBytes(count));
  const { view, position: at } = writer;
  view.setInt32(at, (ChunkType.data << 24) | (flags << 16) | (dataHeaderLength + count));
  view.setInt32(at + 4, tsn);
  view.setInt32(at + 8, (stream << 16) | streamSequenceNumber);
  view.setInt32(at + 12, payloadProtocolIdentifier);
  writer.position = at + dataHeaderLength;
  writer.putBytes(source, from, to);
  writer.align();
}
