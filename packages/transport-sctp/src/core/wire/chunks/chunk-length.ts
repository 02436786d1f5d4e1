import { ChunkType } from '../chunk-type.ts';

/**
 * Whether a chunk is long enough to have the fixed fields of its type, and not longer where the type has nothing else.
 * A DATA chunk without user data is: it is answered with an ABORT (RFC 9260 section 6.2).
 *
 * @param type - The type; every length is right for an unknown one.
 * @param length - The chunk's length without padding, at least 4.
 */
export function isChunkLengthRight(type: number, length: number): boolean {
  switch (type) {
    case ChunkType.data:
    case ChunkType.sack:
      return length >= 16;
    case ChunkType.init:
    case ChunkType.initAck:
      return length >= 20;
    case ChunkType.shutdown:
      return length === 8;
    case ChunkType.shutdownAck:
    case ChunkType.cookieAck:
    case ChunkType.shutdownComplete:
      return length === 4;
    case ChunkType.heartbeat:
    case ChunkType.heartbeatAck:
    case ChunkType.auth:
    case ChunkType.asconf:
    case ChunkType.asconfAck:
    case ChunkType.forwardTsn:
      return length >= 8;
    default:
      return true;
  }
}
