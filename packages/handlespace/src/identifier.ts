import { RserpoolError } from '@rserpool/wire';

/**
 * Refuses what is no identifier. Off the wire they always are; a caller's mistake would otherwise be cut to
 * 32 bits in one index and not in another.
 *
 * @param name - What it identifies.
 * @param identifier - The identifier, 32 bits unsigned.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkIdentifier(name: string, identifier: number): void {
  if (identifier >>> 0 === identifier) return;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `The ${name} is ${identifier}; it has to be an integer in 0 .. 4294967295.`,
  );
}
