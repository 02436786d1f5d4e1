const firstCharacter = 0x20;
const characters = 95;
const lineLength = 72;

/**
 * A line of the character generator (RFC 864): 72 of the 95 printing characters of ASCII, of which each line begins one
 * further, and the end of the line.
 *
 * @param number - The number of the line, from 0.
 */
export function chargenLine(number: number): Uint8Array {
  const line = new Uint8Array(lineLength + 2);
  for (let index = 0; index < lineLength; index++) {
    line[index] = firstCharacter + ((number + index) % characters);
  }
  line.set([0x0d, 0x0a], lineLength);
  return line;
}
