/*
 * The checksum over the elements of one registrar (RFC 5353 section 3.6.2): the Internet checksum (RFC 1071)
 * over one block for each element, the pool handle padded with zeros to a multiple of four bytes and the pool
 * element identifier in four bytes. A block has whole 16-bit words, so the sum over all blocks is the sum of
 * the blocks' sums, in any order, and an element is added or taken away in O(1).
 *
 * The sum is kept as the reference implementation keeps it: unfolded, modulo 2^32, over words in little-endian
 * order. The one's complement sum does not depend on the byte order (RFC 1071 section 2 (B)) as long as no
 * carry is lost, hence the result is that of RFC 1071. Where the words add up to 2^32 or more, which takes 3,641
 * elements in pools with handles of 32 bytes 0xff, and about 9,000 where the handles are 32 letters, a lost carry
 * makes it differ from RFC 1071. It is then still what every peer of either implementation computes (the
 * reference on little-endian hosts), and two registrars that agree are what an audit is for.
 */

/** The bytes of a 16-bit word in the other order. */
function swapped(word: number): number {
  return ((word & 0xff) << 8) | (word >>> 8);
}

/**
 * What a pool handle adds to the sum of each element of its pool.
 *
 * @param poolHandle - The bytes; the padding is zero and adds nothing.
 */
export function handleSum(poolHandle: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < poolHandle.length; index += 2) {
    sum += (poolHandle[index] as number) | ((poolHandle[index + 1] ?? 0) << 8);
  }
  return sum;
}

/**
 * What one element adds to the sum of its home registrar.
 *
 * @param sumOfHandle - {@link handleSum} of its pool's handle.
 * @param identifier - Its pool element identifier, 32 bits unsigned.
 */
export function blockSum(sumOfHandle: number, identifier: number): number {
  return sumOfHandle + swapped(identifier >>> 16) + swapped(identifier & 0xffff);
}

/**
 * Makes the checksum of a sum: folded into 16 bits, complemented, in network byte order as a number.
 *
 * @param sum - The sum of the block sums modulo 2^32.
 * @returns 0 .. 0xffff; 0xffff where there is no element.
 */
export function checksumOf(sum: number): number {
  let folded = sum >>> 0;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
  return swapped(~folded & 0xffff);
}
