/**
 * An empty accumulator keeps no more than this, and a message that was taken keeps no more than this alive beside its
 * own bytes: idle associations are cheap, and so is a short message that somebody keeps.
 */
const keptBytes = 8192;

/**
 * Bytes of a stream that wait until a whole message is there. What is taken off are views where that costs nobody
 * much: of the chunk that they arrived in, or of a piece of it. Bytes that trickle in are collected in one buffer: a
 * peer that sends them one at a time must not cost more than their number.
 */
export class ByteAccumulator {
  #buffer: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** Whether nothing is ever written to the buffer again, so that views of it can be given away. */
  #isFixed = true;
  /** A copy of the bytes from {@link #pieceStart} on, of which views are given away where the buffer is long. */
  #piece: Uint8Array = new Uint8Array(0);
  #pieceStart = 0;

  /** How many bytes wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /**
   * Adds bytes.
   *
   * @param chunk - The bytes; they belong to the accumulator, and whoever takes them off, from now on.
   */
  append(chunk: Uint8Array): void {
    const { length } = this;
    if (length === 0) {
      this.#fix(chunk);
    } else if (chunk.length >= length) {
      // Copying no more than arrives now costs each byte once.
      const both = new Uint8Array(length + chunk.length);
      both.set(this.#buffer.subarray(this.#start, this.#end));
      both.set(chunk, length);
      this.#fix(both);
    } else {
      this.#reserve(chunk.length);
      this.#buffer.set(chunk, this.#end);
      this.#end += chunk.length;
    }
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
   * Takes bytes off the beginning. They belong to the caller: nothing changes them any more.
   *
   * @param count - How many, at most {@link length}.
   */
  take(count: number): Uint8Array {
    const bytes = this.#view(count);
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
    if (this.#isFixed || this.#buffer.length > keptBytes) this.#buffer = nothing;
    this.#piece = nothing;
  }

  /** Says that no more is taken for now: what is left does not keep a long chunk alive. */
  settle(): void {
    const { length } = this;
    if (length > 0 && this.#isFixed && this.#buffer.buffer.byteLength > Math.max(keptBytes, 2 * length)) {
      this.#fix(new Uint8Array(this.#buffer.subarray(this.#start, this.#end)));
    }
  }

  #view(count: number): Uint8Array {
    const start = this.#start;
    if (!this.#isFixed) return this.#buffer.slice(start, start + count);
    const { buffer } = this.#buffer;
    if (buffer.byteLength <= keptBytes) {
      return new Uint8Array(buffer, this.#buffer.byteOffset + start, count);
    }
    if (start + count > this.#pieceStart + this.#piece.length) {
      this.#piece = new Uint8Array(
        this.#buffer.subarray(start, Math.min(this.#end, start + Math.max(count, keptBytes))),
      );
      this.#pieceStart = start;
    }
    return new Uint8Array(this.#piece.buffer, start - this.#pieceStart, count);
  }

  #fix(bytes: Uint8Array): void {
    this.#buffer = bytes;
    this.#start = 0;
    this.#end = bytes.length;
    this.#isFixed = true;
    this.#piece = nothing;
    this.#pieceStart = 0;
  }

  #reserve(count: number): void {
    if (!this.#isFixed && this.#end + count <= this.#buffer.length) return;
    const { length } = this;
    const needed = length + count;
    const target =
      !this.#isFixed && needed <= this.#buffer.length / 2
        ? this.#buffer
        : new Uint8Array(Math.max(2 * needed, 1024));
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = target;
    this.#isFixed = false;
    this.#start = 0;
    this.#end = length;
  }
}

const nothing: Uint8Array = new Uint8Array(0);
