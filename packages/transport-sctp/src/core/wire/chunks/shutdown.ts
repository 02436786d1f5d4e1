import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { read32 } from '../words.ts';

/** Writes a SHUTDOWN (RFC 9260 section 3.3.8). */
export function putShutdown(writer: PacketWriter, cumulativeTsn: number): void {
  const chunk = writer.beginChunk(ChunkType.shutdown, 0);
  writer.put32(cumulativeTsn);
  writer.endChunk(chunk);
}

/** The cumulative TSN ack of the SHUTDOWN at `offset`, whose length is 8 bytes. */
export function shutdownCumulativeTsn(bytes: Uint8Array, offset: number): number {
  return read32(bytes, offset + 4);
}
