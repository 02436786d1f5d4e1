import { crc32cEnd, crc32cStart, crc32cUpdate, crc32cZeros } from './crc32c.ts';
import { read16, read32 } from './words.ts';

/** The length of the common header in bytes (RFC 9260 section 3.1). */
export const commonHeaderLength = 12;

/** Where the checksum is in the common header. */
export const checksumOffset = 8;

/** The common header without its checksum (RFC 9260 section 3.1). */
export interface PacketHeader {
  /** The sender's SCTP port. */
  readonly sourcePort: number;
  /** The receiver's SCTP port. */
  readonly destinationPort: number;
  /** The verification tag, 0 only in packets with INIT. */
  readonly verificationTag: number;
}

/** Reads the common header; `undefined` where the packet is too short to have one. */
export function readPacketHeader(bytes: Uint8Array): PacketHeader | undefined {
  if (bytes.length < commonHeaderLength) return undefined;
  return {
    sourcePort: sourcePortOf(bytes),
    destinationPort: destinationPortOf(bytes),
    verificationTag: verificationTagOf(bytes),
  };
}

/** The sender's port of a packet with at least {@link commonHeaderLength} bytes. */
export function sourcePortOf(bytes: Uint8Array): number {
  return read16(bytes, 0);
}

/** The receiver's port of a packet with at least {@link commonHeaderLength} bytes. */
export function destinationPortOf(bytes: Uint8Array): number {
  return read16(bytes, 2);
}

/** The verification tag of a packet with at least {@link commonHeaderLength} bytes. */
export function verificationTagOf(bytes: Uint8Array): number {
  return read32(bytes, 4);
}

/**
 * CRC32c of a packet, as if its checksum field were zero (RFC 9260 section 6.8).
 *
 * @param bytes - Where the packet is, from the first byte on.
 * @param length - The length of the packet, at least {@link commonHeaderLength}.
 */
export function checksumOf(bytes: Uint8Array, length: number): number {
  const ports = crc32cUpdate(crc32cStart, bytes, 0, checksumOffset);
  const header = crc32cZeros(ports, commonHeaderLength - checksumOffset);
  return crc32cEnd(crc32cUpdate(header, bytes, commonHeaderLength, length));
}

/**
 * Whether the checksum of a packet is right (RFC 9260 section 6.8: a packet with a wrong one is discarded in silence).
 * A packet that is shorter than the common header is not.
 */
export function isChecksumRight(bytes: Uint8Array): boolean {
  if (bytes.length < commonHeaderLength) return false;
  // The least significant byte comes first (appendix A).
  const sent = (bytes[8] as number) | ((bytes[9] as number) << 8) | ((bytes[10] as number) << 16);
  return (sent | ((bytes[11] as number) << 24)) >>> 0 === checksumOf(bytes, bytes.length);
}
