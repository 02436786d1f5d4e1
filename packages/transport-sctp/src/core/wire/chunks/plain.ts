import type { PacketWriter } from '../packet-writer.ts';
import { ChunkType, tagReflected } from '../chunk-type.ts';

// Chunks without content, and one that is nothing but bytes.

/** Writes a COOKIE ECHO (RFC 9260 section 3.3.11). */
export function putCookieEcho(writer: PacketWriter, cookie: Uint8Array): void {
  const chunk = writer.beginChunk(ChunkType.cookieEcho, 0);
  writer.putBytes(cookie);
  writer.endChunk(chunk);
}

/** The cookie of the COOKIE ECHO at `offset`, a view of the packet. */
export function readCookieEcho(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  return bytes.subarray(offset + 4, offset + length);
}

/** Writes a COOKIE ACK (RFC 9260 section 3.3.12). */
export function putCookieAck(writer: PacketWriter): void {
  writer.endChunk(writer.beginChunk(ChunkType.cookieAck, 0));
}

/** Writes a SHUTDOWN ACK (RFC 9260 section 3.3.9). */
export function putShutdownAck(writer: PacketWriter): void {
  writer.endChunk(writer.beginChunk(ChunkType.shutdownAck, 0));
}

/**
 * Writes a SHUTDOWN COMPLETE (RFC 9260 section 3.3.13).
 *
 * @param reflected - Whether the verification tag is the received one (T bit).
 */
export function putShutdownComplete(writer: PacketWriter, reflected: boolean): void {
  writer.endChunk(writer.beginChunk(ChunkType.shutdownComplete, reflected ? tagReflected : 0));
}
