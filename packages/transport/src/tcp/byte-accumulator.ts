/** An empty accumulator keeps no more than this, so that idle associations are cheap. */
const keptBytes = 4096;

/**
 * Bytes of a stream that wait until a whole message is there. They are copied into one buffer: a peer that sends them
 * one at a time must not cost more than their number.
 */
export class ByteAccumulator {
  #buffer: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** How many bytes wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /**
   * Adds bytes.
   *
   * @param chunk - The bytes; they are copied.
   */
  append(chunk: Uint8Array): void {
    this.#reserve(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /**
   * One of the bytes that wait.
   *
   * @param position - Which, less than {@link length}.
   */
  at(position: number): number {
    return this.#buffer[this.#start + position] ?? 0;
  }

  /**
   * A 16-bit number in network byte order.
   *
   * @param position - Where it begins.
   */
  uint16(position: number): number {
    return (this.at(position) << 8) | this.at(position + 1);
  }

  /**
   * A 32-bit number in network byte order.
   *
   * @param position - Where it begins.
   */
  uint32(position: number): number {
    return this.uint16(position) * 0x10000 + this.uint16(position + 2);
  }

  /**
   * Takes bytes off the beginning, as a copy that belongs to the caller.
   *
   * @param count - How many, at most {@link length}.
   */
  take(count: number): Uint8Array {
    const bytes = this.#buffer.slice(this.#start, this.#start + count);
    this.skip(count);
    return bytes;
  }

  /**
   * Drops bytes off the beginning.
   *
   * @param count - How many, at most {@link length}.
   */
  skip(count: number): void {
    this.#start += count;
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
    if (this.#buffer.length > keptBytes) this.#buffer = new Uint8Array(0);
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.#buffer.length) return;
    const { length } = this;
    const needed = length + count;
    const target =
      needed <= this.#buffer.length / 2 ? this.#buffer : new Uint8Array(Math.max(2 * needed, 1024));
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = target;
    this.#start = 0;
    this.#end = length;
  }
}
