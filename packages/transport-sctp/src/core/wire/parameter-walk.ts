import { padded, read16 } from './words.ts';

/** The length of the header of a parameter or an error cause in bytes (RFC 9260 sections 3.2.1 and 3.3.10). */
export const parameterHeaderLength = 4;

/**
 * Goes through parameters or error causes (they have the same layout) without making an object for each.
 *
 * The padding of the last one may be counted in the length of the chunk or not (RFC 9260 section 3.2).
 */
export class ParameterWalk {
  /** The type of the parameter, or the code of the cause. */
  type = 0;
  /** Where its header begins. */
  offset = 0;
  /** Its length as it says, header included and padding not; at least 4. The whole of it lies within the bounds. */
  length = 0;
  /** Set where the walk ended because what follows is none: a length below 4 or beyond the bounds, or 1 to 3 bytes. */
  malformed = false;
  #bytes: Uint8Array = nothing;
  #next = 0;
  #end = 0;

  /** Begins before the first one of those that lie in `from` .. `to` (excluded) of a packet. */
  start(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#next = from;
    this.#end = to;
    this.malformed = false;
  }

  /** Goes to the next one; `false` where there is none, or none that is well-formed (see {@link malformed}). */
  next(): boolean {
    const at = this.#next;
    const left = this.#end - at;
    if (left < parameterHeaderLength) {
      this.malformed = left > 0;
      return false;
    }
    const length = read16(this.#bytes, at + 2);
    if (length < parameterHeaderLength || length > left) {
      this.malformed = true;
      return false;
    }
    this.type = read16(this.#bytes, at);
    this.offset = at;
    this.length = length;
    this.#next = at + padded(length);
    return true;
  }

  /** The current one's value, a view of the packet. */
  value(): Uint8Array {
    return this.#bytes.subarray(this.offset + parameterHeaderLength, this.offset + this.length);
  }

  /** The current one as a whole, header included and padding not: a view of the packet. */
  whole(): Uint8Array {
    return this.#bytes.subarray(this.offset, this.offset + this.length);
  }
}

const nothing = new Uint8Array(0);
