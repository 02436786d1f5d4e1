/** Reads 16 bits, most significant byte first. */
export function read16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Reads 32 bits as an unsigned number, most significant byte first. */
export function read32(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16);
  return (high | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) >>> 0;
}

/** The next multiple of 4: chunks, parameters and causes are padded to it (RFC 9260 sections 3.2 and 3.2.1). */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
