/**
 * A text from the network without what could steer a terminal: control and format characters become U+FFFD.
 *
 * @param text - Any text.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
