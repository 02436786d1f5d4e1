import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { read16, read32 } from '../words.ts';

/** A stream of which ordered messages are skipped (RFC 3758 section 3.2). */
export interface SkippedStream {
  /** The stream. */
  readonly stream: number;
  /** The largest stream sequence number that is skipped. */
  readonly streamSequenceNumber: number;
}

/** FORWARD TSN (RFC 3758 section 3.2). */
export interface ForwardTsn {
  /** Everything up to this TSN counts as received. */
  readonly newCumulativeTsn: number;
  /** The streams that ordered messages are missing of. */
  readonly streams: readonly SkippedStream[];
}

/** The length of the chunk up to its streams, in bytes. */
const headerLength = 8;

/** Writes a FORWARD TSN chunk. */
export function putForwardTsn(writer: PacketWriter, forward: ForwardTsn): void {
  const chunk = writer.beginChunk(ChunkType.forwardTsn, 0);
  writer.put32(forward.newCumulativeTsn);
  for (const { stream, streamSequenceNumber } of forward.streams) {
    writer.put16(stream);
    writer.put16(streamSequenceNumber);
  }
  writer.endChunk(chunk);
}

/** Reads the FORWARD TSN chunk at `offset`; `undefined` where its length does not fit. */
export function readForwardTsn(bytes: Uint8Array, offset: number, length: number): ForwardTsn | undefined {
  if (length < headerLength || length % 4 !== 0) return undefined;
  const streams: SkippedStream[] = [];
  for (let at = offset + headerLength; at < offset + length; at += 4) {
    streams.push({ stream: read16(bytes, at), streamSequenceNumber: read16(bytes, at + 2) });
  }
  return { newCumulativeTsn: read32(bytes, offset + 4), streams };
}
