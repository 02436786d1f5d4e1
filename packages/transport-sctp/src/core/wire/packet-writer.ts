import { checksumOf, checksumOffset, commonHeaderLength } from './packet.ts';
import { padded } from './words.ts';

/** A packet's length is a 16-bit number in UDP and IP, too; no chunk can be longer. */
const longestPacketBytes = 0xffff;

/**
 * Writes packets, one after the other, into one buffer that is kept.
 *
 * `maximumBytes` is what {@link PacketWriter.room} counts down from: whoever bundles asks for room first. A single
 * control chunk that is longer (an INIT ACK with many addresses, the echo of a long HEARTBEAT) is written all the same,
 * the network layer fragments it (RFC 9260 section 3.3.3 wants that to work).
 */
export class PacketWriter {
  /** What is written so far; replaced where it has to grow, so take it anew after each call. */
  bytes: Uint8Array;
  /** The same as a view. */
  view: DataView;
  /** Where the next byte goes: padded after a whole chunk, not yet after a parameter. */
  position = 0;
  readonly #maximumBytes: number;
  /** What the packet may have that is being written. */
  #limitBytes: number;

  /** @param maximumBytes - The longest packet that is bundled, in bytes, a multiple of 4. */
  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
    this.#limitBytes = maximumBytes;
    this.bytes = new Uint8Array(maximumBytes);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Begins a packet; what was not finished is gone. */
  start(sourcePort: number, destinationPort: number, verificationTag: number): void {
    this.view.setUint16(0, sourcePort);
    this.view.setUint16(2, destinationPort);
    this.view.setUint32(4, verificationTag);
    this.view.setUint32(checksumOffset, 0);
    this.position = commonHeaderLength;
    this.#limitBytes = this.#maximumBytes;
  }

  /** Lets the packet that was begun be as long as its path takes. */
  limitTo(bytes: number): void {
    this.#limitBytes = bytes;
  }

  /** The length of the packet so far, with padding. */
  get length(): number {
    return padded(this.position);
  }

  /** How many more bytes may be bundled; 0 where the packet is full. */
  get room(): number {
    const room = this.#limitBytes - padded(this.position);
    return room > 0 ? room : 0;
  }

  /** The longest packet that is bundled, on its way. */
  get maximumBytes(): number {
    return this.#limitBytes;
  }

  /** Whether there is no chunk yet. */
  get isEmpty(): boolean {
    return this.position <= commonHeaderLength;
  }

  /**
   * Begins a chunk.
   *
   * @returns What {@link endChunk} wants to be given.
   */
  beginChunk(type: number, flags: number): number {
    this.align();
    this.ensure(4);
    const at = this.position;
    this.bytes[at] = type;
    this.bytes[at + 1] = flags;
    this.position = at + 4;
    return at;
  }

  /** Ends a chunk: its length does not count the padding of its last parameter (RFC 9260 section 3.2). */
  endChunk(chunk: number): void {
    this.view.setUint16(chunk + 2, this.position - chunk);
    this.align();
  }

  /** Begins a parameter or an error cause; {@link endParameter} takes what it returns. They may be nested. */
  beginParameter(type: number): number {
    this.align();
    this.ensure(4);
    const at = this.position;
    this.view.setUint16(at, type);
    this.position = at + 4;
    return at;
  }

  /** Ends a parameter or an error cause. */
  endParameter(parameter: number): void {
    this.view.setUint16(parameter + 2, this.position - parameter);
  }

  /** Writes 8 bits. */
  put8(value: number): void {
    this.ensure(1);
    this.bytes[this.position++] = value;
  }

  /** Writes 16 bits. */
  put16(value: number): void {
    this.ensure(2);
    this.view.setUint16(this.position, value);
    this.position += 2;
  }

  /** Writes 32 bits. */
  put32(value: number): void {
    this.ensure(4);
    this.view.setUint32(this.position, value);
    this.position += 4;
  }

  /** Writes bytes, all of them or those in `from` .. `to` (excluded). */
  putBytes(source: Uint8Array, from = 0, to: number = source.length): void {
    const count = to - from;
    this.ensure(count);
    const { bytes } = this;
    const at = this.position;
    if (count <= 48) {
      // Calling the engine's copy takes longer for as few bytes as most messages have.
      for (let index = 0; index < count; index++) bytes[at + index] = source[from + index] as number;
    } else {
      bytes.set(count === source.length ? source : source.subarray(from, to), at);
    }
    this.position = at + count;
  }

  /** Writes zeros up to the next multiple of 4. */
  align(): void {
    const end = padded(this.position);
    if (end > this.bytes.length) this.ensure(end - this.position);
    for (let at = this.position; at < end; at++) this.bytes[at] = 0;
    this.position = end;
  }

  /** Takes back what was written from a place on, for example a chunk that turned out not to be wanted. */
  cutAt(position: number): void {
    this.position = position;
  }

  /** Makes sure that so many bytes can be written behind {@link position}. */
  ensure(count: number): void {
    const needed = this.position + count;
    if (needed > this.bytes.length) this.#grow(needed);
  }

  /** The packet with its checksum: a copy of exactly its length, which the writer never touches again. */
  finish(): Uint8Array {
    this.align();
    const length = this.position;
    this.view.setUint32(checksumOffset, checksumOf(this.bytes, length), true);
    return this.bytes.slice(0, length);
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, Math.min(2 * this.bytes.length, longestPacketBytes)));
    bytes.set(this.bytes.subarray(0, this.position));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
