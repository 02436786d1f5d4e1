/** 4 bytes as a word, most significant byte first. */
export function wordOf(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16);
  return high | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}

/** The 1 to 3 bytes at the end as a word, with zeros behind them. */
export function lastWordOf(bytes: Uint8Array, at: number): number {
  const { length } = bytes;
  let word = (bytes[at] as number) << 24;
  if (at + 1 < length) word |= (bytes[at + 1] as number) << 16;
  if (at + 2 < length) word |= (bytes[at + 2] as number) << 8;
  return word;
}

/** The first word of a message (RFC 5354 section 4). */
export function messageHeader(type: number, flags: number, length: number): number {
  return (type << 24) | (flags << 16) | length;
}
