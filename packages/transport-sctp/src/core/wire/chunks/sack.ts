import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { read16, read32 } from '../words.ts';

// Selective Acknowledgement (RFC 9260 section 3.3.4). No object is made for a chunk: its fields are read where they are.

/** The length of the chunk up to the gap ack blocks, in bytes. */
export const sackHeaderLength = 16;

/** Whether a SACK is as long as its gap ack blocks and duplicates need. Only then may the other functions read it. */
export function isSackWellFormed(bytes: Uint8Array, offset: number, length: number): boolean {
  if (length < sackHeaderLength) return false;
  return length === sackHeaderLength + 4 * (sackGapBlocks(bytes, offset) + sackDuplicates(bytes, offset));
}

/** The cumulative TSN ack. */
export function sackCumulativeTsn(bytes: Uint8Array, offset: number): number {
  return read32(bytes, offset + 4);
}

/** The advertised receiver window credit, in bytes. */
export function sackReceiverWindow(bytes: Uint8Array, offset: number): number {
  return read32(bytes, offset + 8);
}

/** How many gap ack blocks there are. */
export function sackGapBlocks(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 12);
}

/** How many duplicate TSNs there are. */
export function sackDuplicates(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 14);
}

/** Start of a gap ack block, counted from the cumulative TSN ack. */
export function sackGapStart(bytes: Uint8Array, offset: number, block: number): number {
  return read16(bytes, offset + sackHeaderLength + 4 * block);
}

/** End (included) of a gap ack block, counted from the cumulative TSN ack. */
export function sackGapEnd(bytes: Uint8Array, offset: number, block: number): number {
  return read16(bytes, offset + sackHeaderLength + 2 + 4 * block);
}

/** A duplicate TSN. */
export function sackDuplicate(bytes: Uint8Array, offset: number, duplicate: number): number {
  return read32(bytes, offset + sackHeaderLength + 4 * (sackGapBlocks(bytes, offset) + duplicate));
}

/**
 * Begins a SACK: so many gap ack blocks (start and end with `put16`) and then so many duplicate TSNs (`put32`) have to
 * follow, then `writer.endChunk` of what this returns.
 */
export function beginSack(
  writer: PacketWriter,
  cumulativeTsn: number,
  receiverWindow: number,
  gapBlocks: number,
  duplicates: number,
): number {
  const chunk = writer.beginChunk(ChunkType.sack, 0);
  writer.ensure(sackHeaderLength + 4 * (gapBlocks + duplicates));
  const { view } = writer;
  view.setInt32(chunk + 4, cumulativeTsn);
  view.setInt32(chunk + 8, receiverWindow);
  view.setInt32(chunk + 12, (gapBlocks << 16) | duplicates);
  writer.position = chunk + sackHeaderLength;
  return chunk;
}

/**
 * Writes a SACK.
 *
 * @param gapBlocks - Start and end of each gap ack block in turn, counted from the cumulative TSN ack.
 * @param gapBlockCount - How many blocks there are (pairs, not numbers).
 * @param duplicates - The duplicate TSNs.
 * @param duplicateCount - How many there are.
 */
export function putSack(
  writer: PacketWriter,
  cumulativeTsn: number,
  receiverWindow: number,
  gapBlocks: ArrayLike<number>,
  gapBlockCount: number,
  duplicates: ArrayLike<number>,
  duplicateCount: number,
): void {
  const chunk = beginSack(writer, cumulativeTsn, receiverWindow, gapBlockCount, duplicateCount);
  for (let index = 0; index < 2 * gapBlockCount; index++) writer.put16(gapBlocks[index] as number);
  for (let index = 0; index < duplicateCount; index++) writer.put32(duplicates[index] as number);
  writer.endChunk(chunk);
}
