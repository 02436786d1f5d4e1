import { ChunkType } from '../chunk-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { read16 } from '../words.ts';

// AUTH (RFC 4895 section 5.1): authenticates the chunks behind it in the packet.

/** The length of the chunk up to the HMAC, in bytes. */
export const authHeaderLength = 8;

/** The HMAC identifiers (RFC 4895 section 3.3). */
export const HmacIdentifier = { sha1: 1, sha256: 3 } as const;

/**
 * Begins the authenticated part of a packet: writes an AUTH chunk whose HMAC is zero.
 *
 * @param hmacLength - How long the HMAC is, in bytes: 20 for SHA-1, 32 for SHA-256.
 * @returns What {@link signAuth} wants to be given when all chunks are written.
 */
export function beginAuth(
  writer: PacketWriter,
  sharedKeyIdentifier: number,
  hmacIdentifier: number,
  hmacLength: number,
): number {
  const chunk = writer.beginChunk(ChunkType.auth, 0);
  writer.put16(sharedKeyIdentifier);
  writer.put16(hmacIdentifier);
  for (let left = hmacLength; left > 0; left--) writer.put8(0);
  writer.endChunk(chunk);
  return chunk;
}

/**
 * Ends the authenticated part of a packet.
 *
 * @param sign - Computes the HMAC of the bytes from the AUTH chunk to the packet's end (RFC 4895 section 6.2).
 */
export function signAuth(writer: PacketWriter, chunk: number, sign: (data: Uint8Array) => Uint8Array): void {
  const hmac = sign(writer.bytes.slice(chunk, writer.length));
  writer.bytes.set(hmac, chunk + authHeaderLength);
}

/** The shared key identifier of the AUTH chunk at `offset`. */
export function authSharedKeyIdentifier(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 4);
}

/** The HMAC identifier of the AUTH chunk at `offset`. */
export function authHmacIdentifier(bytes: Uint8Array, offset: number): number {
  return read16(bytes, offset + 6);
}

/** The HMAC of the AUTH chunk at `offset`, a view of the packet. */
export function authHmac(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  return bytes.subarray(offset + authHeaderLength, offset + length);
}

/** What the HMAC of the AUTH chunk at `offset` is computed of: from the chunk to the packet's end, the HMAC zero. */
export function authenticatedBytes(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  return bytes.slice(offset).fill(0, authHeaderLength, length);
}
