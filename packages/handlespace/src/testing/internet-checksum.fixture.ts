/** The byte block of one element, laid out as RFC 5353 section 3.6.2 draws it. */
export function paddedBlock(poolHandle: Uint8Array, identifier: number): Uint8Array {
  const padded = Math.ceil(poolHandle.length / 4) * 4;
  const block = new Uint8Array(padded + 4);
  block.set(poolHandle);
  new DataView(block.buffer).setUint32(padded, identifier);
  return block;
}

/** The Internet checksum over the concatenation of blocks: RFC 1071 to the letter, from scratch. */
export function internetChecksum(blocks: readonly Uint8Array[]): number {
  let sum = 0;
  for (const block of blocks) {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let offset = 0; offset < block.length; offset += 2) {
      sum += view.getUint16(offset);
      if (sum > 0xffff) sum -= 0xffff;
    }
  }
  return ~sum & 0xffff;
}
