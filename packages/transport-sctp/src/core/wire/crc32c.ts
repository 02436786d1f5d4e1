// CRC32c (RFC 9260 section 6.8 and appendix A), eight or sixteen bytes a step: table k holds the CRC of a byte that has k
// zero bytes behind it, so that so many bytes are looked up at once instead of one after the other.

const polynomial = 0x82f6_3b78; // 0x1edc6f41 with the bits in the order in which they are sent

function makeTables(): readonly Int32Array[] {
  const first = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ polynomial;
    first[byte] = rest;
  }
  const tables = [first];
  for (let distance = 1; distance < 16; distance++) {
    const previous = tables[distance - 1] as Int32Array;
    tables.push(previous.map((rest) => (first[rest & 0xff] as number) ^ (rest >>> 8)));
  }
  return tables;
}

type Tables = readonly [
  ...[Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array],
  ...[Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array],
];
const [table0, table1, table2, table3, table4, table5, table6, table7, ...farTables] =
  makeTables() as unknown as Tables;
const [table8, table9, table10, table11, table12, table13, table14, table15] = farTables;

/** Words of memory are read as they are where they begin with the byte that is sent first. */
const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** From so many bytes on it pays to look at them as words. */
const leastBytesOfWords = 256;

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
  if (isLittleEndian && to - from >= leastBytesOfWords && ((bytes.byteOffset + from) & 3) === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + from, ((to - from) >> 4) << 2);
    rest = updateWords(rest, words);
    at += words.byteLength;
  }
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

/** Sixteen bytes a step: a third faster for whole packets, as only the first word waits for the step before. */
function updateWords(state: number, words: Int32Array): number {
  let rest = state;
  for (let at = 0; at < words.length; at += 4) {
    const first = (words[at] as number) ^ rest;
    const second = words[at + 1] as number;
    const third = words[at + 2] as number;
    const fourth = words[at + 3] as number;
    rest =
      (table15[first & 0xff] as number) ^
      (table14[(first >>> 8) & 0xff] as number) ^
      (table13[(first >>> 16) & 0xff] as number) ^
      (table12[first >>> 24] as number) ^
      (table11[second & 0xff] as number) ^
      (table10[(second >>> 8) & 0xff] as number) ^
      (table9[(second >>> 16) & 0xff] as number) ^
      (table8[second >>> 24] as number) ^
      (table7[third & 0xff] as number) ^
      (table6[(third >>> 8) & 0xff] as number) ^
      (table5[(third >>> 16) & 0xff] as number) ^
      (table4[third >>> 24] as number) ^
      (table3[fourth & 0xff] as number) ^
      (table2[(fourth >>> 8) & 0xff] as number) ^
      (table1[(fourth >>> 16) & 0xff] as number) ^
      (table0[fourth >>> 24] as number);
  }
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
