import { commonHeaderLength } from './packet.ts';
import { padded, read16 } from './words.ts';

/** The length of a chunk header in bytes (RFC 9260 section 3.2). */
export const chunkHeaderLength = 4;

/**
 * Goes through the chunks of a packet one after the other without making an object for each. One walk serves any
 * number of packets.
 */
export class ChunkWalk {
  /** The type of the chunk. */
  type = 0;
  /** Its flags. */
  flags = 0;
  /** Where its header begins. */
  offset = 0;
  /** Its length as it says, header included and padding not; at least 4. The whole of it lies in the packet. */
  length = 0;
  /** Set where the walk ended because what follows is no chunk: a length below 4 or beyond the packet, or 1 to 3 bytes. */
  malformed = false;
  #bytes: Uint8Array = nothing;
  #next = 0;

  /** Begins before the first chunk of a packet, which is not copied. */
  start(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#next = commonHeaderLength;
    this.malformed = false;
  }

  /** Goes to the next chunk; `false` where there is none, or none that is well-formed (see {@link malformed}). */
  next(): boolean {
    const bytes = this.#bytes;
    const at = this.#next;
    const left = bytes.length - at;
    if (left < chunkHeaderLength) {
      // The last chunk's padding may be missing altogether, but then nothing is left either.
      this.malformed = left > 0;
      return false;
    }
    const length = read16(bytes, at + 2);
    if (length < chunkHeaderLength || length > left) {
      this.malformed = true;
      return false;
    }
    this.type = bytes[at] as number;
    this.flags = bytes[at + 1] as number;
    this.offset = at;
    this.length = length;
    this.#next = at + padded(length);
    return true;
  }

  /** Whether the current chunk is the only one of the packet. */
  get isAlone(): boolean {
    return this.offset === commonHeaderLength && this.isLast;
  }

  /** Whether the current chunk is the last one of the packet. */
  get isLast(): boolean {
    return this.#next >= this.#bytes.length;
  }
}

const nothing = new Uint8Array(0);
