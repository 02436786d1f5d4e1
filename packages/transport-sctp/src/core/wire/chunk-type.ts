/** The chunk types (RFC 9260 section 3.2, RFC 4895 section 4.1, RFC 5061 section 4.1, RFC 3758 section 3.2). */
export const ChunkType = {
  data: 0,
  init: 1,
  initAck: 2,
  sack: 3,
  heartbeat: 4,
  heartbeatAck: 5,
  abort: 6,
  shutdown: 7,
  shutdownAck: 8,
  error: 9,
  cookieEcho: 10,
  cookieAck: 11,
  shutdownComplete: 14,
  auth: 15,
  asconfAck: 0x80,
  forwardTsn: 0xc0,
  asconf: 0xc1,
} as const;

/** The T bit of ABORT and SHUTDOWN COMPLETE: the verification tag is the reflected one (RFC 9260 section 8.5.1). */
export const tagReflected = 0x01;

/** Whether the rest of the packet is left unread behind a chunk of an unknown type (RFC 9260 section 3.2: bits 00, 01). */
export function unknownChunkStops(type: number): boolean {
  return (type & 0x80) === 0;
}

/** Whether a chunk of an unknown type is reported in an ERROR chunk (RFC 9260 section 3.2: bits 01, 11). */
export function unknownChunkIsReported(type: number): boolean {
  return (type & 0x40) !== 0;
}
