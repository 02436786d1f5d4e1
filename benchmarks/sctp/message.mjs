// What the messages of the workloads look like; c/usrsctp-peer.c has the same.

/** What a message is: its first byte. */
export const kinds = { numbered: 0, echo: 1, end: 2 };
export const headerLength = 8;
export const reportLength = 16;

/** A message of a kind; a number can be put in. */
export function message(kind, length) {
  const bytes = Buffer.alloc(length);
  bytes[0] = kind;
  return bytes;
}

export const putNumber = (bytes, number) => bytes.writeUInt32BE(number, 4);
export const numberOf = (bytes) => readUint32(bytes, 4);

export function report(arrived, misplaced) {
  const bytes = message(kinds.end, reportLength);
  bytes.writeUInt32BE(arrived, 8);
  bytes.writeUInt32BE(misplaced, 12);
  return bytes;
}

export const readReport = (bytes) => ({ arrived: readUint32(bytes, 8), misplaced: readUint32(bytes, 12) });

function readUint32(bytes, at) {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
