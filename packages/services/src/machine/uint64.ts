import { RserpoolError } from '@rserpool/wire';

/**
 * Writes a 64-bit number; fractions are rounded, as the reference does with its amounts of calculations.
 *
 * @param view - Where to.
 * @param offset - At which byte.
 * @param value - 0 .. 2^53 - 1.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for what does not fit.
 */
export function writeUint64(view: DataView, offset: number, value: number): void {
  const rounded = Math.round(value);
  if (!Number.isSafeInteger(rounded) || rounded < 0) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `${value} cannot be sent: give a number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
    );
  }
  // Without a BigInt for each: simulations write millions of cookies.
  view.setUint32(offset, Math.floor(rounded / 0x1_0000_0000));
  view.setUint32(offset + 4, rounded % 0x1_0000_0000);
}

/**
 * Reads a 64-bit number, or gives `undefined` where it is more than 2^53 - 1: no counter and no job gets there, and a
 * rounded one would be another.
 *
 * @param view - Where from.
 * @param offset - At which byte.
 */
export function readUint64(view: DataView, offset: number): number | undefined {
  const value = view.getUint32(offset) * 0x1_0000_0000 + view.getUint32(offset + 4);
  return Number.isSafeInteger(value) ? value : undefined;
}
