// What the messages of the scenarios hold, and how they are named in events; peers/usrsctp.c has the same.

export function pattern(number, length) {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = number + i * 7;
  return bytes;
}

/** FNV-1a. */
export function digest(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
