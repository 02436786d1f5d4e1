/**
 * An identifier as the timeline shows it: eight hexadecimal digits.
 *
 * @param identifier - 32 bits.
 */
export function formatIdentifier(identifier: number): string {
  return (identifier >>> 0).toString(16).padStart(8, '0');
}
