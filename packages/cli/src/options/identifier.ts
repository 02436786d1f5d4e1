import { InvalidArgumentError } from 'commander';

/**
 * An identifier of a registrar or a pool element.
 *
 * @param text - Hexadecimal with `0x`, or decimal; 1 .. 2^32 - 1.
 * @throws InvalidArgumentError for anything else.
 */
export function parseIdentifier(text: string): number {
  const identifier = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/iu.test(text) ? Number(text) : 0;
  if (identifier >= 1 && identifier <= 0xffffffff) return identifier;
  throw new InvalidArgumentError(
    `'${text}' is no identifier; allowed is 1 to 0xffffffff, decimal or with 0x.`,
  );
}

/**
 * An identifier as the RFCs' tools print it: `0x` and eight hexadecimal digits.
 *
 * @param identifier - 32 bits.
 */
export function formatIdentifier(identifier: number): string {
  return `0x${(identifier >>> 0).toString(16).padStart(8, '0')}`;
}
