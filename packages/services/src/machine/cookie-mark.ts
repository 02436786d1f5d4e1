/**
 * The eight bytes that begin a cookie of the reference, as `<PP-TD1>`.
 *
 * @param text - ASCII.
 */
export function cookieMark(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Whether bytes begin with a mark.
 *
 * @param bytes - A cookie.
 * @param mark - What {@link cookieMark} has made.
 */
export function hasCookieMark(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
