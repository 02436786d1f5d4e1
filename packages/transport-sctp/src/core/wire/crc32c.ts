// CRC32c (RFC 9260 section 6.8 and appendix A), eight bytes a step: table k holds the CRC of a byte that has k zero
// bytes behind it, so that eight bytes are looked up at once instead of one after the other.

const polynomial = 0x82f6_3b78; // 0x1edc6f41 with the bits in the order in which they are sent

function makeTables(): readonly Int32Array[] {
  const first = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ polynomial;
    first[byte] = rest;
  }
  const tables = [first];
  for (let distance = 1; distance < 8; distance++) {
    const previous = tables[distance - 1] as Int32Array;
    tables.push(previous.map((rest) => (first[rest & 0xff] as number) ^ (rest >>> 8)));
  }
  return tables;
}

const tables = makeTables();
const [table0, table1, table2, table3, table4, table5, table6, table7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** The state of a CRC32c before the first byte. */
export const crc32cStart = -1;

/**
 * Takes some bytes into a CRC32c: pieces may follow one another, nothing has to be put together for it.
 *
 * @param state - {@link crc32cStart}, or what came of the piece before.
 * @param bytes - Where the bytes are.
 * @param from - The first of them.
 * @param to - The first one behind them.
 * @returns The new state; {@link crc32cEnd} makes the checksum of the last one.
 */
export function crc32cUpdate(state: number, bytes: Uint8Array, from: number, to: number): number {
  let rest = state;
  let at = from;
  for (const last = to - 7; at < last; at += 8) {
    rest ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    rest =
      (table7[rest & 0xff] as number) ^
      (table6[(rest >>> 8) & 0xff] as number) ^
      (table5[(rest >>> 16) & 0xff] as number) ^
      (table4[rest >>> 24] as number) ^
      (table3[bytes[at + 4] as number] as number) ^
      (table2[bytes[at + 5] as number] as number) ^
      (table1[bytes[at + 6] as number] as number) ^
      (table0[bytes[at + 7] as number] as number);
  }
  for (; at < to; at++) rest = (table0[(rest ^ (bytes[at] as number)) & 0xff] as number) ^ (rest >>> 8);
  return rest;
}

/** Takes zero bytes into a CRC32c that are nowhere: the place of the checksum counts as zeros. */
export function crc32cZeros(state: number, count: number): number {
  let rest = state;
  for (let left = count; left > 0; left--) rest = (table0[rest & 0xff] as number) ^ (rest >>> 8);
  return rest;
}

/** The checksum, an unsigned number of 32 bits, that belongs to a state. */
export function crc32cEnd(state: number): number {
  return ~state >>> 0;
}

/**
 * CRC32c of some bytes.
 *
 * @param bytes - Any bytes.
 * @returns An unsigned number of 32 bits.
 */
export function crc32c(bytes: Uint8Array): number {
  return crc32cEnd(crc32cUpdate(crc32cStart, bytes, 0, bytes.length));
}
